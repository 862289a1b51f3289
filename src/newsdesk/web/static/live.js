// Puts what the server sends in place of what is shown. EventSource reconnects by itself.
"use strict";
new EventSource("/_live/events").onmessage = (event) => {
  document.getElementById("now").innerHTML = JSON.parse(event.data);
};
