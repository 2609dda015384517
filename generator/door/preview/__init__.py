"""The live preview: a page in the browser that shows a leaflet as it is printed, and follows every save.

commands.py   the commands `leaflet preview` and `leaflet watch`
rounds.py     the rounds of `leaflet watch`
watch.py      which files of a project were written, moved or deleted
builds.py     makes what is looked at, again after each change, in memory
state.py      what the page is told of a leaflet, as JSON
server.py     answers the browser, on this machine only
changes.py    what somebody changes in the page
editor.py     opens a place in the user's editor
page/         the page itself: HTML, CSS and ES modules as they are sent
"""
