// A board with MicroPython: the real interpreter (WebAssembly), its serial port on a pty, its flash in a folder.
//   node board.mjs FLASH KIND PTY CONTACTS    KIND: what os.uname() says first. PTY, CONTACTS: numbers of open files
//                                             that do not block: the pty's board side, and a pipe that says which
//                                             contacts are closed, a bit mask a line
// Standard output tells each change of a lamp: "lamp PIN VALUE". Ends with RESET when the chip resets: a board leaves
// its port then, and comes again. What a chip does beside the interpreter is played here: pins, watchdog, timer,
// reset, Ctrl-C as an interrupt, main.py at the start. Raw paste is refused, as boards without it do: this build
// cannot wait for input inside its prompt.
import { readdirSync, readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const RESET = 75;
const CTRL_A = 1, CTRL_B = 2, CTRL_C = 3, CTRL_E = 5;
const POLLIN = 1, POLLOUT = 4;
const BOARD_ERRNO = new Map([[44, 2], [51, 28]]); // ENOENT and ENOSPC: a board has Linux's, and mpremote knows those
const FLASH_BYTES = 1441792; // what a Pico leaves to files
const WAIT_MS = 2;
const HOST_READS_MS = 500; // a board waits so long for a host that does not read, then drops
const [folder, kind] = process.argv.slice(2, 4), [pty, contacts] = process.argv.slice(4).map(Number);

const MACHINE = `
import _chip
class Pin:
    IN, OUT, PULL_UP = 0, 1, 2
    def __init__(self, pin, mode, pull=None, value=None):
        self._pin = pin
        if value is not None:
            self.value(value)
    def value(self, value=None):
        if value is None:
            return _chip.level(self._pin)
        _chip.light(self._pin, value)
class WDT:
    def __init__(self, timeout):
        _chip.watch(timeout)
    def feed(self):
        _chip.feed()
class Timer:
    PERIODIC = 1
    def __init__(self, period, mode, callback):
        _chip.each(period, callback)
def unique_id():
    return b"\\x00\\x01\\x02\\x03\\xde\\xad\\xbe\\xef"
def reset():
    _chip.reset()
`;

const heard = [];
const lamps = new Map();
const piece = Buffer.alloc(4096);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const watchdog = { fed: 0, timeout: 0 };
const timer = { every: 0, due: 0, call: null };
let closed = 0, told = "", inMain = false, raw = false, dirty = false;

const chip = {
    level: (pin) => 1 - ((closed >> pin) & 1), // pulled up: a closed contact is low
    light: (pin, value) => {
        if (lamps.get(pin) !== value) writeSync(1, `lamp ${pin} ${value}\n`);
        lamps.set(pin, value);
    },
    watch: (timeout) => Object.assign(watchdog, { timeout, fed: performance.now() }),
    feed: () => { watchdog.fed = performance.now(); },
    each: (every, call) => Object.assign(timer, { every, call, due: performance.now() + every }),
    reset,
};

const nap = () => Atomics.wait(sleeper, 0, 0, WAIT_MS);

function read(file) {
    try {
        return piece.subarray(0, readSync(file, piece));
    } catch (error) {
        if (error.code === "EAGAIN") return piece.subarray(0, 0);
        process.exit(0); // the cable is out
    }
}

function look() {
    for (const byte of read(pty)) {
        if (byte === CTRL_C && inMain) python._module._mp_sched_keyboard_interrupt();
        else heard.push(byte);
    }
    told += read(contacts).toString();
    const lines = told.split("\n");
    told = lines.pop();
    if (lines.length) closed = Number(lines.pop());
    if (watchdog.timeout && performance.now() - watchdog.fed > watchdog.timeout) reset();
}

function write(bytes) {
    const until = performance.now() + HOST_READS_MS;
    for (let at = 0; at < bytes.length && performance.now() < until; ) {
        try {
            at += writeSync(pty, bytes, at);
        } catch (error) {
            if (error.code !== "EAGAIN") process.exit(0);
            nap();
        }
    }
}

function reset() {
    keep();
    process.exit(RESET);
}

function keep() {
    dirty = false;
    for (const name of python.FS.readdir("/flash")) {
        if (!name.startsWith(".")) writeFileSync(join(folder, basename(name)), python.FS.readFile(`/flash/${name}`));
    }
}

const python = await loadMicroPython({
    heapsize: 192 * 1024, // what a Pico leaves to Python
    linebuffer: false,
    stdin: () => heard.shift(),
    stdout: write,
});
const { FS } = python;
FS.streams[0].stream_ops = {
    ...FS.streams[0].stream_ops,
    poll: () => {
        look();
        if (!heard.length) nap();
        return heard.length ? POLLIN : 0;
    },
};
FS.streams[1].stream_ops = { ...FS.streams[1].stream_ops, poll: () => POLLOUT };
for (const path of ["/flash", "/chip"]) FS.mkdir(path);
FS.writeFile("/chip/machine.py", MACHINE);
for (const name of readdirSync(folder)) FS.writeFile(`/flash/${name}`, readFileSync(join(folder, name)));
python.registerJsModule("_chip", chip);
python.runPython(`
import os, sys, vfs
os.uname = lambda: ("${kind}",)
sys.path[:] = ["/chip", "/"]
import machine
vfs.umount("/")
vfs.mount(vfs.VfsPosix("/flash"), "/")
sys.path[:] = ["", "/lib"]
del os, sys, vfs, machine
`);

// What Python opens lies in its flash, which has an end.
const onFlash = (path) => (path.startsWith("/flash") || path.startsWith("/dev/") ? path : join("/flash", path));
const used = () => FS.readdir("/flash").slice(2).reduce((sum, name) => sum + FS.stat(`/flash/${name}`).size, 0);
const real = { stat: FS.stat, open: FS.open, write: FS.write };
const asBoard = (call) => (...args) => {
    try {
        return call(...args);
    } catch (error) {
        error.errno = BOARD_ERRNO.get(error.errno) ?? error.errno;
        throw error;
    }
};
FS.stat = asBoard(real.stat);
FS.open = asBoard((path, ...more) => real.open(onFlash(path), ...more));
FS.write = asBoard((stream, buffer, offset, length, ...more) => {
    if (stream.path?.startsWith("/flash") && used() + length > FLASH_BYTES) throw new FS.ErrnoError(51);
    return real.write(stream, buffer, offset, length, ...more);
});

if (FS.analyzePath("/flash/main.py").exists) {
    inMain = true;
    try {
        python.runPython(FS.readFile("/flash/main.py", { encoding: "utf8" }));
    } catch (error) {
        write(Buffer.from(`${error.message}\r\n`.replace(/\r?\n/g, "\r\n"))); // as a board tells it
    }
    inMain = false;
}
python.replInit();
for (;;) {
    look();
    if (!heard.length) {
        if (dirty) keep();
        nap();
        if (timer.call && performance.now() > timer.due) {
            timer.due += timer.every;
            timer.call(null);
        }
        continue;
    }
    const byte = heard.shift();
    if (raw && byte === CTRL_E) {
        while (heard.length < 2) look();
        heard.splice(0, 2);
        write(Buffer.from("R\0"));
        continue;
    }
    if (byte === CTRL_A || byte === CTRL_B) raw = byte === CTRL_A;
    python.replProcessChar(byte);
    dirty = true;
}
