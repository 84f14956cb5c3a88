"use strict";
// What the page says and knows, for the scripts below; src/page/review_data.rs writes it.
const pageData = JSON.parse(document.getElementById("page-data").textContent);

/** Our own words in the page's language; each # in them becomes the next number. */
function say(key, ...numbers) {
  const left = numbers.map((number) => number.toLocaleString("en"));
  return pageData.words[key].replace(/#/g, () => left.shift());
}

/** In small letters, without accents and marks of direction, and with one kind of apostrophe. */
function fold(text) {
  return text.normalize("NFKD")
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/[\u0300-\u036f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").toLowerCase();
}

