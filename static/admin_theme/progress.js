"use strict";
// Shows how far a spreadsheet is without a click. Without script the page asks for itself again.
const PAUSE = 2000;

async function follow() {
  const shown = document.querySelector("#spreadsheet[data-follow]");
  if (!shown) return;
  try {
    const answer = await fetch(window.location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return window.location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#spreadsheet");
    if (fresh) shown.replaceWith(document.adoptNode(fresh));
  } catch {
    // The server does not answer for a moment: ask again.
  }
  setTimeout(follow, PAUSE);
}

setTimeout(follow, PAUSE);
