"""Reports: a text becomes draft incidents and road assertions, each with the words it rests on."""
