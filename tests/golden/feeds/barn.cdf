<?xml version="1.0"?>
<CHANNEL HREF="http://barn.example/index.html">
  <TITLE>Barn Channel</TITLE><ABSTRACT>All about barns</ABSTRACT>
  <ITEM HREF="http://barn.example/1.html" LASTMOD="1999-08-12T09:00Z"><TITLE>A red barn</TITLE><ABSTRACT>It is red.</ABSTRACT></ITEM>
</CHANNEL>
