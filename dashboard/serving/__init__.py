"""What stands between the network and the page: headers, origins, compression, the first answer."""
