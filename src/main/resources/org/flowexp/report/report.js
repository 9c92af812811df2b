for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) =>
    head.querySelector("button").addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
      const number = (row) => { const n = parseFloat(key(row)); return isNaN(n) ? Infinity : n; };
      const isNumeric = [...table.tBodies[0].rows].some((r) => r.cells[column].dataset.value);
      const rows = [...table.tBodies[0].rows].sort((a, b) =>
        isNumeric ? number(a) - number(b) : key(a).localeCompare(key(b), "en", { numeric: true }));
      table.tBodies[0].append(...(up ? rows : rows.reverse()));
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
    }));
}
// A link to a folded sweep opens it.
const unfold = () => { const at = document.getElementById(location.hash.slice(1)); if (at) at.open = true; };
addEventListener("hashchange", unfold);
unfold();
