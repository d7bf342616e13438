// Runs a Python script in MicroPython: node run.mjs SCRIPT FILE…
// Each FILE is put beside the script under its own name, so that the script can import or read it.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const [script, ...files] = process.argv.slice(2);
const python = await loadMicroPython({
    heapsize: 1024 * 1024,
    linebuffer: true,
    stdout: (line) => console.log(line),
});
for (const file of files) {
    python.FS.writeFile("/" + basename(file), readFileSync(file));
}
python.runPython("import sys\nsys.path.insert(0, '/')\n");
python.runPython(readFileSync(script, "utf8"));
