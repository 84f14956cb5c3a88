// Reads and writes corrections.csv. Cells are guarded as src/text/guard.rs does it; dates are not, since only a day in
// ISO form is written and its readers expect one.
const corrections = (function () {
  const COLUMNS = ["id", "issue", "decision", "coder", "date", "note", "text_hash", "file", "row"];
  const REQUIRED = 3;
  /** Of a file whose decisions were all made here, there are no others. */
  const OF_ONE_FILE = 7;
  const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
  const PIECE = /([;\t\n\r])('*[ \u00a0"]*[=+\-@＝＋－＠])/g;
  const MONTHS = "january february march april may june july august september october november december ago".split(" ");
  const isMonth = (word) => MONTHS.some((month) => month === word || month.slice(0, 3) === word);
  const isOfDigits = (cell) => /[0-9]/.test(cell) && /^[0-9A-Za-z .,:/()%$-]*$/.test(cell);
  const mayBeGuarded = (cell) => FORMULA.test(cell) || isOfDigits(cell);

  function isNumberOrDate(cell) {
    if (cell.length > 32 || !isOfDigits(cell)) return false;
    if (/^[0-9]{1,15}$/.test(cell) && (cell === "0" || !cell.startsWith("0"))) return false;
    const lower = cell.toLowerCase();
    if (lower.startsWith("e")) return false;
    const numbers = lower.split(/[^0-9]+/).filter(Boolean);
    if (lower[3] === "-" && isMonth(lower.slice(0, 3)) && numbers.length > 2) return false;
    const words = lower.split(/[^a-z]+/).filter(Boolean);
    return words.every((word) => ["e", "am", "pm", "sept"].includes(word) || isMonth(word));
  }

  function guarded(cell) {
    const changed = cell.startsWith("'")
      ? mayBeGuarded(cell.replace(/^'+/, ""))
      : FORMULA.test(cell) || isNumberOrDate(cell);
    return (changed ? "'" : "") + cell.replace(PIECE, "$1'$2");
  }

  function unguarded(cell) {
    const rest = cell.startsWith("'") && mayBeGuarded(cell.replace(/^'+/, "")) ? cell.slice(1) : cell;
    return rest.replace(PIECE, (_, separator, piece) => separator + piece.replace(/^'/, ""));
  }

  const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);

  function line(cells) {
    const quoted = (cell) => (/[",\r\n]/.test(cell) ? '"' + cell.replaceAll('"', '""') + '"' : cell);
    return cells.map(quoted).join(",") + "\n";
  }

  /** The file, with the mark by which Excel knows that it is UTF-8. */
  function write(rows) {
    const columns = COLUMNS.slice(0, rows.some(({ file }) => file) ? COLUMNS.length : OF_ONE_FILE);
    const cell = (row, column) => (column === "date" && isDay(row.date) ? row.date : guarded(row[column] ?? ""));
    const lines = rows.map((row) => line(columns.map((column) => cell(row, column))));
    return "\ufeff" + line(columns) + lines.join("");
  }

  /** The rows of a table in text, as RFC 4180 has them, each with its cells and the line where it begins. */
  function table(text, delimiter) {
    const rows = [];
    let [row, cell, inQuotes, number, begins] = [[], "", false, 1, 1];
    const endCell = () => { row.push(cell); cell = ""; };
    const endRow = () => { endCell(); rows.push({ cells: row, line: begins }); row = []; };
    for (let at = 0; at < text.length; at += 1) {
      const c = text[at];
      if (c === "\n" || (c === "\r" && text[at + 1] !== "\n")) number += 1;
      if (inQuotes) {
        if (c !== '"') cell += c;
        else if (text[at + 1] === '"') { cell += c; at += 1; } else inQuotes = false;
      } else if (c === '"' && cell === "") inQuotes = true;
      else if (c === delimiter) endCell();
      else if (c === "\n" || c === "\r") {
        if (c === "\r" && text[at + 1] === "\n") [at, number] = [at + 1, number + 1];
        endRow();
        begins = number;
      } else cell += c;
    }
    if (cell !== "" || row.length > 0) endRow();
    return rows.filter(({ cells }) => cells.some((each) => each.trim() !== ""));
  }

  /** The rows of a file and the names of columns that are not ours; nothing where a column is missing. */
  function read(text) {
    const content = text.replace(/^\ufeff/, "");
    const header = content.split(/[\r\n]/, 1)[0];
    const delimiter = [",", ";", "\t"].reduce((best, each) => (
      header.split(each).length > header.split(best).length ? each : best));
    const [first, ...later] = table(content, delimiter).map((row) => (
      { ...row, cells: row.cells.map((cell) => unguarded(cell.trim())) }));
    const names = first?.cells ?? [];
    const known = names.map((name) => name.toLowerCase());
    const places = COLUMNS.map((column) => known.indexOf(column));
    if (places.slice(0, REQUIRED).includes(-1)) return null;
    const others = names.filter((name, at) => name !== "" && !places.includes(at));
    const rows = later.map(({ cells, line: number }) => (
      { line: number, ...Object.fromEntries(COLUMNS.map((column, at) => [column, cells[places[at]] ?? ""])) }));
    return { rows, others };
  }

  return { read, write, line, guarded, unguarded, isDay };
})();

