"use strict";
(function () {
  var form = document.getElementById("search"), input = form.querySelector("input");
  var count = form.querySelector("output"), list = document.getElementById("results");
  var rows = [], most = 100;
  window.diffInsight = { add: function (more) {
    more.forEach(function (row) { row.push((row[3] + " " + row[2] + " " + row[1] + " " + row[4]).normalize("NFKC").toLowerCase()); });
    rows = rows.concat(more);
    show();
  } };
  // Pages that are opened as files may load scripts, and nothing else.
  JSON.parse(form.dataset.pieces).forEach(function (address) {
    var piece = document.createElement("script");
    piece.async = false;
    piece.src = address;
    document.head.appendChild(piece);
  });
  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = text;
    return made;
  }
  // The place around the first word that was found.
  function around(text, word) {
    var at = Math.max(0, text.normalize("NFKC").toLowerCase().indexOf(word) - 60);
    return (at ? "… " : "") + text.slice(at, at + 220) + (text.length > at + 220 ? " …" : "");
  }
  function show() {
    var words = input.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    var hits = words.length ? rows.filter(function (row) {
      return words.every(function (word) { return row[5].indexOf(word) >= 0; });
    }) : [];
    list.textContent = "";
    hits.slice(0, most).forEach(function (row) {
      var item = document.createElement("li"), title = document.createElement("h2"), link = element("a", row[3]);
      link.href = row[0];
      title.appendChild(link);
      var meta = element("p", row[1] + (row[2] && " · " + row[2]));
      meta.className = "meta";
      [meta, title, element("p", around(row[4], words[0]))].forEach(function (part) { item.appendChild(part); });
      list.appendChild(item);
    });
    count.textContent = words.length
      ? count.dataset.text.replace("{shown}", hits.length.toLocaleString(document.documentElement.lang)) : "";
  }
  var timer = 0;
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(show, 60); });
  form.addEventListener("submit", function (event) { event.preventDefault(); show(); });
})();
