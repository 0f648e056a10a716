// The little script there is. Every page works without it.
"use strict";

addEventListener("DOMContentLoaded", () => {
  // A reader who hears the page is told of the errors first.
  document.getElementById("error-summary")?.focus();

  // "Show what I type" appears only where it can work.
  for (const box of document.querySelectorAll("[data-shows]")) {
    const field = document.getElementById(box.dataset.shows);
    box.closest("label").hidden = !field;
    box.addEventListener("change", () => { field.type = box.checked ? "text" : "password"; });
  }

  // On a phone the menu is longer than the screen: the page one is on stands in sight.
  const here = document.querySelector(".desk-nav [aria-current]"), menu = here?.closest("ul");
  if (menu) {
    const [at, around] = [here.getBoundingClientRect(), menu.getBoundingClientRect()];
    menu.scrollLeft += at.left - around.left - (around.width - at.width) / 2;
  }

  // A long list of choices that sends itself when one is made.
  for (const field of document.querySelectorAll("[data-sends]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }

  // An address to hand on: by the phone's own way to send things, else copied.
  for (const button of document.querySelectorAll("[data-hands-on]")) {
    const url = button.dataset.handsOn, send = navigator.share ? () => navigator.share({ url }).catch(() => {}) : navigator.clipboard
      ? () => navigator.clipboard.writeText(url).then(() => { button.textContent = button.dataset.done; }) : null;
    if (send) { button.parentElement.hidden = false; button.addEventListener("click", send); }
  }

  for (const button of document.querySelectorAll("[data-prints]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
});
