"""How the report pages look: one style sheet, inside each page, so that a page needs no other file."""

_LIGHT = """:root{--ground:#fff;--surface:#f1f4f7;--raised:#e4e9ee;--line:#c3ccd5;--text:#12171c;
--quiet:#4c5a67;--red:#b3261e;--green:#0b6b3f;--amber:#8a5200;--blue:#0b5cad;--on-blue:#fff;
--ok-ground:#d7f2e4;--flagged-ground:#fbe8c4;--failed-ground:#fadad7;--failed-text:#8c1c15}"""

CSS = """
:root{--ground:#0e1115;--surface:#161b21;--raised:#1f262e;--line:#2d3640;--text:#f3f6f8;--quiet:#9fabb7;
--red:#ff5a52;--green:#44d492;--amber:#ffb52e;--blue:#63b3ff;--on-blue:#06121f;
--ok-ground:#153226;--flagged-ground:#43300d;--failed-ground:#4a1a1a;--failed-text:#ff8a84}
@media(prefers-color-scheme:light){LIGHT}
@media print{LIGHT}
*{box-sizing:border-box}
html{background:var(--ground);color:var(--text);font:15px/1.45 Inter,system-ui,sans-serif;
font-variant-numeric:tabular-nums;color-scheme:dark light}
body{margin:0 auto;max-width:1280px;padding:24px 24px 64px}
a{color:var(--blue);text-decoration:underline}
h1{font-size:28px;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:18px;margin:32px 0 8px}
.quiet{color:var(--quiet)}p{margin:4px 0}
header{display:flex;gap:24px;align-items:flex-start;justify-content:space-between;margin-bottom:16px}
.badge{flex:none;border-radius:14px;padding:10px 20px;font-weight:600;font-size:18px;text-align:center;
white-space:nowrap}
.badge.ok{background:var(--ok-ground);color:var(--green)}
.badge.flagged{background:var(--flagged-ground);color:var(--amber)}
.badge.failed{background:var(--failed-ground);color:var(--failed-text)}
.panel{background:var(--surface);border-radius:14px;padding:16px}
.counts{display:flex;gap:8px;margin:16px 0 24px}
.counts span{border-radius:14px;padding:8px 16px;font-weight:600}
.counts .none{background:var(--surface);color:var(--quiet)}
.row{display:grid;grid-template-columns:112px minmax(0,5fr) minmax(0,5fr) 128px;gap:16px;align-items:center;
background:var(--surface);border-radius:14px;padding:10px 16px;margin-bottom:8px}
.row .badge{padding:8px 0;font-size:15px;border-radius:10px}
.row strong{display:block;font-size:16px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.row p{margin:2px 0 0;overflow:hidden;text-overflow:ellipsis;display:-webkit-box;-webkit-line-clamp:2;
-webkit-box-orient:vertical}
.thumb{width:100%;aspect-ratio:16/9;object-fit:cover;border-radius:8px;background:#0a0c0f;display:block}
.bar{display:block;width:100%;height:14px;border-radius:4px;overflow:hidden}
.strip{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;gap:2px;
border-radius:8px 8px 0 0;overflow:hidden}
.strip img{width:100%;display:block}
.wave{display:block;width:100%;height:120px;background:#11151a;border-radius:0 0 8px 8px}
.alarms{display:block;width:100%;height:14px;margin-top:4px}
.axis{display:flex;justify-content:space-between;color:var(--quiet);font-size:13px;margin-top:4px}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;color:var(--quiet);font-size:13px;margin-top:8px}
.legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;vertical-align:-1px}
.finding{display:grid;grid-template-columns:32px 160px minmax(0,1fr);gap:4px 12px;padding:12px 0;
border-top:1px solid var(--line)}.finding:first-of-type{border-top:0}
.finding .when{font-weight:600}.finding .code{font-weight:600}
.sign{font-size:18px;line-height:1.25;text-align:center}
.critical{color:var(--red)}.warning{color:var(--amber)}.note{color:var(--blue)}.good{color:var(--green)}
.badge.settled{background:var(--raised);color:var(--quiet)}
.finding.accepted{font-size:13px;color:var(--quiet);padding:6px 0}.finding.accepted .sign{font-size:13px}
details.accept{margin-top:4px;font-size:13px;color:var(--quiet)}details.accept summary{cursor:pointer}
form.accept{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}form.accept output{flex-basis:100%}
form.accept input{flex:1 1 200px;min-width:0;padding:8px 12px;border-radius:8px;font:inherit;
border:1px solid var(--line);background:var(--raised);color:var(--text)}
form.accept input[name=who]{flex:0 1 140px}
form.accept button{padding:8px 16px;border:0;border-radius:8px;font:inherit;font-weight:600;cursor:pointer;
background:var(--ok-ground);color:var(--green)}
form.accept button.undo{background:var(--raised);color:var(--quiet)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:6px 24px;margin:0}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:4px 16px 4px 0;font-weight:400}
th{color:var(--quiet)}code{font:13px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
@media screen and (max-width:760px){.row{grid-template-columns:72px minmax(0,1fr) 96px}
.row>.middle{grid-column:1/-1;grid-row:2}.finding{grid-template-columns:28px minmax(0,1fr)}
.finding>div:last-child{grid-column:1/-1}}
@media print{details.accept,form.accept{display:none}
html{background:#fff;color:#000}.panel,.row{border:1px solid #999;background:#fff}
.wave{print-color-adjust:exact}}
""".replace("LIGHT", _LIGHT)
