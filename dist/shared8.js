import { fileURLToPath as pathOfUrl } from "node:url";
const chunkDirectory = pathOfUrl(new URL(".", import.meta.url)).slice(0, -1);
const chunkPath = pathOfUrl(import.meta.url);
const __dirname = chunkDirectory;
const __filename = chunkPath;
import { r as __require, t as __commonJSMin } from "./shared.js";
import { setFlagsFromString } from "node:v8";
// src/sql/quick-compilation.ts
setFlagsFromString("--no-wasm-tier-up --no-wasm-dynamic-tiering");
// node_modules/@pgsql/types/types.js
var require_types$1 = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
}));
// node_modules/@pgsql/types/enums.js
var require_enums = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
}));
// node_modules/@pgsql/types/index.js
var require_types = /* @__PURE__ */ __commonJSMin(((exports, module, this$2) => {
	var __createBinding = this$2 && this$2.__createBinding || (Object.create ? (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		var desc = Object.getOwnPropertyDescriptor(m, k);
		if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) desc = {
			enumerable: true,
			get: function() {
				return m[k];
			}
		};
		Object.defineProperty(o, k2, desc);
	}) : (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		o[k2] = m[k];
	}));
	var __exportStar = this$2 && this$2.__exportStar || function(m, exports) {
		for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	__exportStar(require_types$1(), exports);
	__exportStar(require_enums(), exports);
}));
// node_modules/libpg-query/wasm/libpg-query.js
var require_libpg_query = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var PgQueryModule = (() => {
		var _scriptName = globalThis.document?.currentScript?.src;
		return async function(moduleArg = {}) {
			var Module = moduleArg;
			var ENVIRONMENT_IS_WEB = !!globalThis.window;
			var ENVIRONMENT_IS_WORKER = !!globalThis.WorkerGlobalScope;
			var ENVIRONMENT_IS_NODE = globalThis.process?.versions?.node && globalThis.process?.type != "renderer";
			var quit_ = (status, toThrow) => {
				throw toThrow;
			};
			if (typeof __filename != "undefined") _scriptName = __filename;
			else if (ENVIRONMENT_IS_WORKER) _scriptName = self.location.href;
			var scriptDirectory = "";
			function locateFile(path) {
				if (Module["locateFile"]) return Module["locateFile"](path, scriptDirectory);
				return scriptDirectory + path;
			}
			var readAsync, readBinary;
			if (ENVIRONMENT_IS_NODE) {
				var fs = __require("node:fs");
				scriptDirectory = __dirname + "/";
				readBinary = (filename) => {
					filename = isFileURI(filename) ? new URL(filename) : filename;
					return fs.readFileSync(filename);
				};
				readAsync = async (filename, binary = true) => {
					filename = isFileURI(filename) ? new URL(filename) : filename;
					return fs.readFileSync(filename, binary ? void 0 : "utf8");
				};
				if (process.argv.length > 1) process.argv[1].replace(/\\/g, "/");
				process.argv.slice(2);
				quit_ = (status, toThrow) => {
					process.exitCode = status;
					throw toThrow;
				};
			} else if (ENVIRONMENT_IS_WEB || ENVIRONMENT_IS_WORKER) {
				try {
					scriptDirectory = new URL(".", _scriptName).href;
				} catch {}
				if (ENVIRONMENT_IS_WORKER) readBinary = (url) => {
					var xhr = new XMLHttpRequest();
					xhr.open("GET", url, false);
					xhr.responseType = "arraybuffer";
					xhr.send(null);
					return new Uint8Array(xhr.response);
				};
				readAsync = async (url) => {
					var response = await fetch(url, { credentials: "same-origin" });
					if (response.ok) return response.arrayBuffer();
					throw new Error(response.status + " : " + response.url);
				};
			}
			var out = console.log.bind(console);
			var err = console.error.bind(console);
			var wasmBinary;
			var ABORT = false;
			var EXITSTATUS;
			var isFileURI = (filename) => filename.startsWith("file://");
			class EmscriptenEH {}
			class EmscriptenSjLj extends EmscriptenEH {}
			function getMemoryBuffer() {
				return wasmMemory.buffer;
			}
			function updateMemoryViews() {
				if (HEAP8?.buffer?.resizable) return;
				var b = getMemoryBuffer();
				HEAP8 = new Int8Array(b);
				HEAP16 = new Int16Array(b);
				Module["HEAPU8"] = HEAPU8 = new Uint8Array(b);
				HEAPU16 = new Uint16Array(b);
				HEAP32 = new Int32Array(b);
				Module["HEAPU32"] = HEAPU32 = new Uint32Array(b);
				HEAPF32 = new Float32Array(b);
				HEAPF64 = new Float64Array(b);
				HEAP64 = new BigInt64Array(b);
				HEAPU64 = new BigUint64Array(b);
			}
			function preRun() {
				var preRun = Module["preRun"];
				if (preRun) {
					if (typeof preRun == "function") preRun = [preRun];
					onPreRuns.push(...preRun);
				}
				callRuntimeCallbacks(onPreRuns);
			}
			function initRuntime() {
				if (!Module["noFSInit"] && !FS.initialized) FS.init();
				TTY.init();
				wasmExports["A"]();
				FS.ignorePermissions = false;
			}
			function postRun() {
				var postRun = Module["postRun"];
				if (postRun) {
					if (typeof postRun == "function") postRun = [postRun];
					onPostRuns.push(...postRun);
				}
				callRuntimeCallbacks(onPostRuns);
			}
			function abort(what) {
				Module["onAbort"]?.(what);
				what = `Aborted(${what})`;
				err(what);
				ABORT = true;
				what += ". Build with -sASSERTIONS for more info.";
				throw new WebAssembly.RuntimeError(what);
			}
			var wasmBinaryFile;
			function findWasmBinary() {
				return locateFile("libpg-query.wasm");
			}
			function getBinarySync(file) {
				if (readBinary) return readBinary(file);
				throw "both async and sync fetching of the wasm failed";
			}
			async function getWasmBinary(binaryFile) {
				if (!wasmBinary) try {
					var response = await readAsync(binaryFile);
					return new Uint8Array(response);
				} catch {}
				return getBinarySync(binaryFile);
			}
			async function instantiateArrayBuffer(binaryFile, imports) {
				try {
					var binary = await getWasmBinary(binaryFile);
					return await WebAssembly.instantiate(binary, imports);
				} catch (reason) {
					err(`failed to asynchronously prepare wasm: ${reason}`);
					abort(reason);
				}
			}
			async function instantiateAsync(binary, binaryFile, imports) {
				if (!binary && !ENVIRONMENT_IS_NODE) try {
					var response = fetch(binaryFile, { credentials: "same-origin" });
					return await WebAssembly.instantiateStreaming(response, imports);
				} catch (reason) {
					err(`wasm streaming compile failed: ${reason}`);
					err("falling back to ArrayBuffer instantiation");
				}
				return instantiateArrayBuffer(binaryFile, imports);
			}
			function getWasmImports() {
				return { a: wasmImports };
			}
			async function createWasm() {
				function receiveInstance(instance) {
					wasmExports = instance.exports;
					assignWasmExports(wasmExports);
					updateMemoryViews();
					return wasmExports;
				}
				function receiveInstantiationResult(result) {
					return receiveInstance(result["instance"]);
				}
				var info = getWasmImports();
				var instantiateWasm = Module["instantiateWasm"];
				if (instantiateWasm) return new Promise((resolve) => {
					instantiateWasm(info, (inst) => resolve(receiveInstance(inst)));
				});
				wasmBinaryFile ??= findWasmBinary();
				return receiveInstantiationResult(await instantiateAsync(wasmBinary, wasmBinaryFile, info));
			}
			class ExitStatus {
				name = "ExitStatus";
				constructor(status) {
					this.message = `Program terminated with exit(${status})`;
					this.status = status;
				}
			}
			var HEAP16;
			var HEAP32;
			var HEAP64;
			var HEAP8;
			var HEAPF32;
			var HEAPF64;
			var HEAPU16;
			var HEAPU32;
			var HEAPU64;
			var HEAPU8;
			var callRuntimeCallbacks = (callbacks) => {
				while (callbacks.length > 0) callbacks.shift()(Module);
			};
			var onPostRuns = [];
			var onPreRuns = [];
			function getValue(ptr, type = "i8") {
				if (type.endsWith("*")) type = "*";
				switch (type) {
					case "i1": return HEAP8[ptr];
					case "i8": return HEAP8[ptr];
					case "i16": return HEAP16[ptr >> 1];
					case "i32": return HEAP32[ptr >> 2];
					case "i64": return HEAP64[ptr >> 3];
					case "float": return HEAPF32[ptr >> 2];
					case "double": return HEAPF64[ptr >> 3];
					case "*": return HEAPU32[ptr >> 2];
					default: abort(`invalid type for getValue: ${type}`);
				}
			}
			var noExitRuntime = true;
			var stackRestore = (val) => __emscripten_stack_restore(val);
			var stackSave = () => _emscripten_stack_get_current();
			var UTF8Decoder = globalThis.TextDecoder && new TextDecoder();
			var findStringEnd = (heapOrArray, idx, maxBytesToRead, ignoreNul) => {
				var maxIdx = idx + maxBytesToRead;
				if (ignoreNul) return maxIdx;
				while (heapOrArray[idx] && !(idx >= maxIdx)) ++idx;
				return idx;
			};
			var UTF8ArrayToString = (heapOrArray, idx = 0, maxBytesToRead, ignoreNul) => {
				var endPtr = findStringEnd(heapOrArray, idx, maxBytesToRead, ignoreNul);
				if (endPtr - idx > 16 && heapOrArray.buffer && UTF8Decoder) return UTF8Decoder.decode(heapOrArray.subarray(idx, endPtr));
				var str = "";
				while (idx < endPtr) {
					var u0 = heapOrArray[idx++];
					if (!(u0 & 128)) {
						str += String.fromCharCode(u0);
						continue;
					}
					var u1 = heapOrArray[idx++] & 63;
					if ((u0 & 224) == 192) {
						str += String.fromCharCode((u0 & 31) << 6 | u1);
						continue;
					}
					var u2 = heapOrArray[idx++] & 63;
					if ((u0 & 240) == 224) u0 = (u0 & 15) << 12 | u1 << 6 | u2;
					else u0 = (u0 & 7) << 18 | u1 << 12 | u2 << 6 | heapOrArray[idx++] & 63;
					if (u0 < 65536) str += String.fromCharCode(u0);
					else {
						var ch = u0 - 65536;
						str += String.fromCharCode(55296 | ch >> 10, 56320 | ch & 1023);
					}
				}
				return str;
			};
			var UTF8ToString = (ptr, maxBytesToRead, ignoreNul) => ptr ? UTF8ArrayToString(HEAPU8, ptr, maxBytesToRead, ignoreNul) : "";
			var ___assert_fail = (condition, filename, line, func) => abort(`Assertion failed: ${UTF8ToString(condition)}, at: ` + [
				filename ? UTF8ToString(filename) : "unknown filename",
				line,
				func ? UTF8ToString(func) : "unknown function"
			]);
			var __abort_js = () => abort("");
			var runtimeKeepaliveCounter = 0;
			var __emscripten_runtime_keepalive_clear = () => {
				noExitRuntime = false;
				runtimeKeepaliveCounter = 0;
			};
			var __emscripten_throw_longjmp = () => {
				throw new EmscriptenSjLj();
			};
			var timers = {};
			var handleException = (e) => {
				if (e instanceof ExitStatus || e == "unwind") return EXITSTATUS;
				quit_(1, e);
			};
			var keepRuntimeAlive = () => noExitRuntime || runtimeKeepaliveCounter > 0;
			var _proc_exit = (code) => {
				EXITSTATUS = code;
				if (!keepRuntimeAlive()) {
					Module["onExit"]?.(code);
					ABORT = true;
				}
				quit_(code, new ExitStatus(code));
			};
			var exitJS = (status, implicit) => {
				EXITSTATUS = status;
				_proc_exit(status);
			};
			var _exit = exitJS;
			var maybeExit = () => {
				if (!keepRuntimeAlive()) try {
					_exit(EXITSTATUS);
				} catch (e) {
					handleException(e);
				}
			};
			var callUserCallback = (func) => {
				if (ABORT) return;
				try {
					return func();
				} catch (e) {
					handleException(e);
				} finally {
					maybeExit();
				}
			};
			var _emscripten_get_now = () => performance.now();
			var __setitimer_js = (which, timeout_ms) => {
				if (timers[which]) {
					clearTimeout(timers[which].id);
					delete timers[which];
				}
				if (!timeout_ms) return 0;
				timers[which] = {
					id: setTimeout(() => {
						delete timers[which];
						callUserCallback(() => __emscripten_timeout(which, _emscripten_get_now()));
					}, timeout_ms),
					timeout_ms
				};
				return 0;
			};
			var getHeapMax = () => 1073741824;
			var alignMemory = (size, alignment) => Math.ceil(size / alignment) * alignment;
			var growMemory = (size) => {
				var pages = (size - wasmMemory.buffer.byteLength + 65535) / 65536 | 0;
				try {
					wasmMemory.grow(pages);
					updateMemoryViews();
					return 1;
				} catch (e) {}
			};
			var _emscripten_resize_heap = (requestedSize) => {
				var oldSize = HEAPU8.length;
				requestedSize >>>= 0;
				var maxHeapSize = getHeapMax();
				if (requestedSize > maxHeapSize) return false;
				for (var cutDown = 1; cutDown <= 4; cutDown *= 2) {
					var overGrownHeapSize = oldSize * (1 + .2 / cutDown);
					overGrownHeapSize = Math.min(overGrownHeapSize, requestedSize + 100663296);
					if (growMemory(Math.min(maxHeapSize, alignMemory(Math.max(requestedSize, overGrownHeapSize), 65536)))) return true;
				}
				return false;
			};
			var PATH = {
				isAbs: (path) => path.charAt(0) === "/",
				splitPath: (filename) => {
					return /^(\/?|)([\s\S]*?)((?:\.{1,2}|[^\/]+?|)(\.[^.\/]*|))(?:[\/]*)$/.exec(filename).slice(1);
				},
				normalizeArray: (parts, allowAboveRoot) => {
					var up = 0;
					for (var i = parts.length - 1; i >= 0; i--) {
						var last = parts[i];
						if (last === ".") parts.splice(i, 1);
						else if (last === "..") {
							parts.splice(i, 1);
							up++;
						} else if (up) {
							parts.splice(i, 1);
							up--;
						}
					}
					if (allowAboveRoot) for (; up; up--) parts.unshift("..");
					return parts;
				},
				normalize: (path) => {
					var isAbsolute = PATH.isAbs(path), trailingSlash = path.slice(-1) === "/";
					path = PATH.normalizeArray(path.split("/").filter((p) => !!p), !isAbsolute).join("/");
					if (!path && !isAbsolute) path = ".";
					if (path && trailingSlash) path += "/";
					return (isAbsolute ? "/" : "") + path;
				},
				dirname: (path) => {
					var result = PATH.splitPath(path), root = result[0], dir = result[1];
					if (!root && !dir) return ".";
					if (dir) dir = dir.slice(0, -1);
					return root + dir;
				},
				basename: (path) => path && path.match(/([^\/]+|\/)\/*$/)[1],
				join: (...paths) => PATH.normalize(paths.join("/")),
				join2: (l, r) => PATH.normalize(l + "/" + r)
			};
			var initRandomFill = () => {
				if (ENVIRONMENT_IS_NODE) {
					var nodeCrypto = __require("node:crypto");
					return (view) => (nodeCrypto.randomFillSync(view), 0);
				}
				return (view) => (crypto.getRandomValues(view), 0);
			};
			var randomFill = (view) => (randomFill = initRandomFill())(view);
			var PATH_FS = {
				resolve: (...args) => {
					var resolvedPath = "", resolvedAbsolute = false;
					for (var i = args.length - 1; i >= -1 && !resolvedAbsolute; i--) {
						var path = i >= 0 ? args[i] : FS.cwd();
						if (typeof path != "string") throw new TypeError("Arguments to path.resolve must be strings");
						else if (!path) return "";
						resolvedPath = path + "/" + resolvedPath;
						resolvedAbsolute = PATH.isAbs(path);
					}
					resolvedPath = PATH.normalizeArray(resolvedPath.split("/").filter((p) => !!p), !resolvedAbsolute).join("/");
					return (resolvedAbsolute ? "/" : "") + resolvedPath || ".";
				},
				relative: (from, to) => {
					from = PATH_FS.resolve(from).slice(1);
					to = PATH_FS.resolve(to).slice(1);
					function trim(arr) {
						var start = 0;
						for (; start < arr.length; start++) if (arr[start] !== "") break;
						var end = arr.length - 1;
						for (; end >= 0; end--) if (arr[end] !== "") break;
						if (start > end) return [];
						return arr.slice(start, end - start + 1);
					}
					var fromParts = trim(from.split("/"));
					var toParts = trim(to.split("/"));
					var length = Math.min(fromParts.length, toParts.length);
					var samePartsLength = length;
					for (var i = 0; i < length; i++) if (fromParts[i] !== toParts[i]) {
						samePartsLength = i;
						break;
					}
					var outputParts = [];
					for (var i = samePartsLength; i < fromParts.length; i++) outputParts.push("..");
					outputParts = outputParts.concat(toParts.slice(samePartsLength));
					return outputParts.join("/");
				}
			};
			var FS_stdin_getChar_buffer = [];
			var lengthBytesUTF8 = (str) => {
				var len = 0;
				for (var i = 0; i < str.length; ++i) {
					var c = str.charCodeAt(i);
					if (c <= 127) len++;
					else if (c <= 2047) len += 2;
					else if (c >= 55296 && c <= 57343) {
						len += 4;
						++i;
					} else len += 3;
				}
				return len;
			};
			var stringToUTF8Array = (str, heap, outIdx, maxBytesToWrite) => {
				if (!(maxBytesToWrite > 0)) return 0;
				var startIdx = outIdx;
				var endIdx = outIdx + maxBytesToWrite - 1;
				for (var i = 0; i < str.length; ++i) {
					var u = str.codePointAt(i);
					if (u <= 127) {
						if (outIdx >= endIdx) break;
						heap[outIdx++] = u;
					} else if (u <= 2047) {
						if (outIdx + 1 >= endIdx) break;
						heap[outIdx++] = 192 | u >> 6;
						heap[outIdx++] = 128 | u & 63;
					} else if (u <= 65535) {
						if (outIdx + 2 >= endIdx) break;
						heap[outIdx++] = 224 | u >> 12;
						heap[outIdx++] = 128 | u >> 6 & 63;
						heap[outIdx++] = 128 | u & 63;
					} else {
						if (outIdx + 3 >= endIdx) break;
						heap[outIdx++] = 240 | u >> 18;
						heap[outIdx++] = 128 | u >> 12 & 63;
						heap[outIdx++] = 128 | u >> 6 & 63;
						heap[outIdx++] = 128 | u & 63;
						i++;
					}
				}
				heap[outIdx] = 0;
				return outIdx - startIdx;
			};
			var intArrayFromString = (stringy, dontAddNull, length) => {
				var len = length > 0 ? length : lengthBytesUTF8(stringy) + 1;
				var u8array = new Array(len);
				var numBytesWritten = stringToUTF8Array(stringy, u8array, 0, u8array.length);
				if (dontAddNull) u8array.length = numBytesWritten;
				return u8array;
			};
			var FS_stdin_getChar = () => {
				if (!FS_stdin_getChar_buffer.length) {
					var result = null;
					if (ENVIRONMENT_IS_NODE) {
						var BUFSIZE = 256;
						var buf = Buffer.alloc(BUFSIZE);
						var bytesRead = 0;
						var fd = process.stdin.fd;
						try {
							bytesRead = fs.readSync(fd, buf, 0, BUFSIZE);
						} catch (e) {
							if (e.toString().includes("EOF")) bytesRead = 0;
							else throw e;
						}
						if (bytesRead > 0) result = buf.slice(0, bytesRead).toString("utf-8");
					} else if (globalThis.window?.prompt) {
						result = window.prompt("Input: ");
						if (result !== null) result += "\n";
					}
					if (!result) return null;
					FS_stdin_getChar_buffer = intArrayFromString(result, true);
				}
				return FS_stdin_getChar_buffer.shift();
			};
			var TTY = {
				ttys: [],
				init() {},
				shutdown() {},
				register(dev, ops) {
					TTY.ttys[dev] = {
						input: [],
						output: [],
						ops
					};
					FS.registerDevice(dev, TTY.stream_ops);
				},
				stream_ops: {
					open(stream) {
						var tty = TTY.ttys[stream.node.rdev];
						if (!tty) throw new FS.ErrnoError(43);
						stream.tty = tty;
						stream.seekable = false;
					},
					close(stream) {
						stream.tty.ops.fsync(stream.tty);
					},
					fsync(stream) {
						stream.tty.ops.fsync(stream.tty);
					},
					read(stream, buffer, offset, length, pos) {
						if (!stream.tty || !stream.tty.ops.get_char) throw new FS.ErrnoError(60);
						var bytesRead = 0;
						for (var i = 0; i < length; i++) {
							var result;
							try {
								result = stream.tty.ops.get_char(stream.tty);
							} catch (e) {
								throw new FS.ErrnoError(29);
							}
							if (result === void 0 && bytesRead === 0) throw new FS.ErrnoError(6);
							if (result === null || result === void 0) break;
							bytesRead++;
							buffer[offset + i] = result;
						}
						if (bytesRead) stream.node.atime = Date.now();
						return bytesRead;
					},
					write(stream, buffer, offset, length, pos) {
						if (!stream.tty || !stream.tty.ops.put_char) throw new FS.ErrnoError(60);
						try {
							for (var i = 0; i < length; i++) stream.tty.ops.put_char(stream.tty, buffer[offset + i]);
						} catch (e) {
							throw new FS.ErrnoError(29);
						}
						if (length) stream.node.mtime = stream.node.ctime = Date.now();
						return i;
					}
				},
				default_tty_ops: {
					get_char(tty) {
						return FS_stdin_getChar();
					},
					put_char(tty, val) {
						if (val === null || val === 10) {
							out(UTF8ArrayToString(tty.output));
							tty.output = [];
						} else if (val != 0) tty.output.push(val);
					},
					fsync(tty) {
						if (tty.output?.length > 0) {
							out(UTF8ArrayToString(tty.output));
							tty.output = [];
						}
					},
					ioctl_tcgets(tty) {
						return {
							c_iflag: 25856,
							c_oflag: 5,
							c_cflag: 191,
							c_lflag: 35387,
							c_cc: [
								3,
								28,
								127,
								21,
								4,
								0,
								1,
								0,
								17,
								19,
								26,
								0,
								18,
								15,
								23,
								22,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0,
								0
							]
						};
					},
					ioctl_tcsets(tty, optional_actions, data) {
						return 0;
					},
					ioctl_tiocgwinsz(tty) {
						return [24, 80];
					}
				},
				default_tty1_ops: {
					put_char(tty, val) {
						if (val === null || val === 10) {
							err(UTF8ArrayToString(tty.output));
							tty.output = [];
						} else if (val != 0) tty.output.push(val);
					},
					fsync(tty) {
						if (tty.output?.length > 0) {
							err(UTF8ArrayToString(tty.output));
							tty.output = [];
						}
					}
				}
			};
			var mmapAlloc = (size) => {
				abort();
			};
			var MEMFS = {
				ops_table: null,
				mount(mount) {
					return MEMFS.createNode(null, "/", 16895, 0);
				},
				createNode(parent, name, mode, dev) {
					if (FS.isBlkdev(mode) || FS.isFIFO(mode)) throw new FS.ErrnoError(63);
					MEMFS.ops_table ||= {
						dir: {
							node: {
								getattr: MEMFS.node_ops.getattr,
								setattr: MEMFS.node_ops.setattr,
								lookup: MEMFS.node_ops.lookup,
								mknod: MEMFS.node_ops.mknod,
								rename: MEMFS.node_ops.rename,
								unlink: MEMFS.node_ops.unlink,
								rmdir: MEMFS.node_ops.rmdir,
								readdir: MEMFS.node_ops.readdir,
								symlink: MEMFS.node_ops.symlink
							},
							stream: { llseek: MEMFS.stream_ops.llseek }
						},
						file: {
							node: {
								getattr: MEMFS.node_ops.getattr,
								setattr: MEMFS.node_ops.setattr
							},
							stream: {
								llseek: MEMFS.stream_ops.llseek,
								read: MEMFS.stream_ops.read,
								write: MEMFS.stream_ops.write,
								mmap: MEMFS.stream_ops.mmap,
								msync: MEMFS.stream_ops.msync
							}
						},
						link: {
							node: {
								getattr: MEMFS.node_ops.getattr,
								setattr: MEMFS.node_ops.setattr,
								readlink: MEMFS.node_ops.readlink
							},
							stream: {}
						},
						chrdev: {
							node: {
								getattr: MEMFS.node_ops.getattr,
								setattr: MEMFS.node_ops.setattr
							},
							stream: FS.chrdev_stream_ops
						}
					};
					var node = FS.createNode(parent, name, mode, dev);
					if (FS.isDir(node.mode)) {
						node.node_ops = MEMFS.ops_table.dir.node;
						node.stream_ops = MEMFS.ops_table.dir.stream;
						node.contents = {};
					} else if (FS.isFile(node.mode)) {
						node.node_ops = MEMFS.ops_table.file.node;
						node.stream_ops = MEMFS.ops_table.file.stream;
						node.usedBytes = 0;
						node.contents = MEMFS.emptyFileContents ??= /* @__PURE__ */ new Uint8Array(0);
					} else if (FS.isLink(node.mode)) {
						node.node_ops = MEMFS.ops_table.link.node;
						node.stream_ops = MEMFS.ops_table.link.stream;
					} else if (FS.isChrdev(node.mode)) {
						node.node_ops = MEMFS.ops_table.chrdev.node;
						node.stream_ops = MEMFS.ops_table.chrdev.stream;
					}
					node.atime = node.mtime = node.ctime = Date.now();
					if (parent) {
						parent.contents[name] = node;
						parent.atime = parent.mtime = parent.ctime = node.atime;
					}
					return node;
				},
				getFileDataAsTypedArray(node) {
					return node.contents.subarray(0, node.usedBytes);
				},
				expandFileStorage(node, newCapacity) {
					var prevCapacity = node.contents.length;
					if (prevCapacity >= newCapacity) return;
					newCapacity = Math.max(newCapacity, prevCapacity * (prevCapacity < 1048576 ? 2 : 1.125) >>> 0);
					if (prevCapacity) newCapacity = Math.max(newCapacity, 256);
					var oldContents = MEMFS.getFileDataAsTypedArray(node);
					node.contents = new Uint8Array(newCapacity);
					node.contents.set(oldContents);
				},
				resizeFileStorage(node, newSize) {
					if (node.usedBytes == newSize) return;
					var oldContents = node.contents;
					node.contents = new Uint8Array(newSize);
					node.contents.set(oldContents.subarray(0, Math.min(newSize, node.usedBytes)));
					node.usedBytes = newSize;
				},
				node_ops: {
					getattr(node) {
						var attr = {};
						attr.dev = FS.isChrdev(node.mode) ? node.id : 1;
						attr.ino = node.id;
						attr.mode = node.mode;
						attr.nlink = 1;
						attr.uid = 0;
						attr.gid = 0;
						attr.rdev = node.rdev;
						if (FS.isDir(node.mode)) attr.size = 4096;
						else if (FS.isFile(node.mode)) attr.size = node.usedBytes;
						else if (FS.isLink(node.mode)) attr.size = node.link.length;
						else attr.size = 0;
						attr.atime = new Date(node.atime);
						attr.mtime = new Date(node.mtime);
						attr.ctime = new Date(node.ctime);
						attr.blksize = 4096;
						attr.blocks = Math.ceil(attr.size / attr.blksize);
						return attr;
					},
					setattr(node, attr) {
						for (const key of [
							"mode",
							"atime",
							"mtime",
							"ctime"
						]) if (attr[key] != null) node[key] = attr[key];
						if (attr.size !== void 0) MEMFS.resizeFileStorage(node, attr.size);
					},
					lookup(parent, name) {
						if (!MEMFS.doesNotExistError) {
							MEMFS.doesNotExistError = new FS.ErrnoError(44);
							MEMFS.doesNotExistError.stack = "<generic error, no stack>";
						}
						throw MEMFS.doesNotExistError;
					},
					mknod(parent, name, mode, dev) {
						return MEMFS.createNode(parent, name, mode, dev);
					},
					rename(old_node, new_dir, new_name) {
						var new_node;
						try {
							new_node = FS.lookupNode(new_dir, new_name);
						} catch (e) {}
						if (new_node) {
							if (FS.isDir(old_node.mode)) for (var i in new_node.contents) throw new FS.ErrnoError(55);
							FS.hashRemoveNode(new_node);
						}
						delete old_node.parent.contents[old_node.name];
						new_dir.contents[new_name] = old_node;
						old_node.name = new_name;
						new_dir.ctime = new_dir.mtime = old_node.parent.ctime = old_node.parent.mtime = Date.now();
					},
					unlink(parent, name) {
						delete parent.contents[name];
						parent.ctime = parent.mtime = Date.now();
					},
					rmdir(parent, name) {
						for (var i in FS.lookupNode(parent, name).contents) throw new FS.ErrnoError(55);
						delete parent.contents[name];
						parent.ctime = parent.mtime = Date.now();
					},
					readdir(node) {
						return [
							".",
							"..",
							...Object.keys(node.contents)
						];
					},
					symlink(parent, newname, oldpath) {
						var node = MEMFS.createNode(parent, newname, 41471, 0);
						node.link = oldpath;
						return node;
					},
					readlink(node) {
						if (!FS.isLink(node.mode)) throw new FS.ErrnoError(28);
						return node.link;
					}
				},
				stream_ops: {
					read(stream, buffer, offset, length, position) {
						var contents = stream.node.contents;
						if (position >= stream.node.usedBytes) return 0;
						var size = Math.min(stream.node.usedBytes - position, length);
						buffer.set(contents.subarray(position, position + size), offset);
						return size;
					},
					write(stream, buffer, offset, length, position, canOwn) {
						if (buffer.buffer === HEAP8.buffer) canOwn = false;
						if (!length) return 0;
						var node = stream.node;
						node.mtime = node.ctime = Date.now();
						if (canOwn) {
							node.contents = buffer.subarray(offset, offset + length);
							node.usedBytes = length;
						} else if (node.usedBytes === 0 && position === 0) {
							node.contents = buffer.slice(offset, offset + length);
							node.usedBytes = length;
						} else {
							MEMFS.expandFileStorage(node, position + length);
							node.contents.set(buffer.subarray(offset, offset + length), position);
							node.usedBytes = Math.max(node.usedBytes, position + length);
						}
						return length;
					},
					llseek(stream, offset, whence) {
						var position = offset;
						if (whence === 1) position += stream.position;
						else if (whence === 2) {
							if (FS.isFile(stream.node.mode)) position += stream.node.usedBytes;
						}
						if (position < 0) throw new FS.ErrnoError(28);
						return position;
					},
					mmap(stream, length, position, prot, flags) {
						if (!FS.isFile(stream.node.mode)) throw new FS.ErrnoError(43);
						var ptr;
						var allocated;
						var contents = stream.node.contents;
						if (!(flags & 2) && contents.buffer === HEAP8.buffer) {
							allocated = false;
							ptr = contents.byteOffset;
						} else {
							allocated = true;
							ptr = mmapAlloc(length);
							if (!ptr) throw new FS.ErrnoError(48);
							if (contents) {
								if (position > 0 || position + length < contents.length) {
									if (contents.subarray) contents = contents.subarray(position, position + length);
									else contents = Array.prototype.slice.call(contents, position, position + length);
								}
								HEAP8.set(contents, ptr);
							}
						}
						return {
							ptr,
							allocated
						};
					},
					msync(stream, buffer, offset, length, mmapFlags) {
						MEMFS.stream_ops.write(stream, buffer, 0, length, offset, false);
						return 0;
					}
				}
			};
			var FS_modeStringToFlags = (str) => {
				if (typeof str != "string") return str;
				var flags = {
					r: 0,
					"r+": 2,
					w: 577,
					"w+": 578,
					a: 1089,
					"a+": 1090
				}[str];
				if (typeof flags == "undefined") throw new Error(`Unknown file open mode: ${str}`);
				return flags;
			};
			var FS_fileDataToTypedArray = (data) => {
				if (typeof data == "string") data = intArrayFromString(data, true);
				if (!data.subarray) data = new Uint8Array(data);
				return data;
			};
			var FS_getMode = (canRead, canWrite) => {
				var mode = 0;
				if (canRead) mode |= 365;
				if (canWrite) mode |= 146;
				return mode;
			};
			var asyncLoad = async (url) => {
				var arrayBuffer = await readAsync(url);
				return new Uint8Array(arrayBuffer);
			};
			var FS_createDataFile = (...args) => FS.createDataFile(...args);
			var getUniqueRunDependency = (id) => id;
			var dependenciesPromise = null;
			var resolveRunDependencies = async () => dependenciesPromise;
			var runDependencies = 0;
			var dependenciesPromiseResolve = null;
			var removeRunDependency = (id) => {
				runDependencies--;
				Module["monitorRunDependencies"]?.(runDependencies);
				if (!runDependencies) dependenciesPromiseResolve();
			};
			var addRunDependency = (id) => {
				if (!runDependencies) dependenciesPromise = new Promise((resolve) => dependenciesPromiseResolve = resolve);
				runDependencies++;
				Module["monitorRunDependencies"]?.(runDependencies);
			};
			var preloadPlugins = [];
			var FS_handledByPreloadPlugin = async (byteArray, fullname) => {
				if (typeof Browser != "undefined") Browser.init();
				for (var plugin of preloadPlugins) if (plugin["canHandle"](fullname)) return plugin["handle"](byteArray, fullname);
				return byteArray;
			};
			var FS_preloadFile = async (parent, name, url, canRead, canWrite, dontCreateFile, canOwn, preFinish) => {
				var fullname = name ? PATH_FS.resolve(PATH.join2(parent, name)) : parent;
				var dep = getUniqueRunDependency(`cp ${fullname}`);
				addRunDependency(dep);
				try {
					var byteArray = url;
					if (typeof url == "string") byteArray = await asyncLoad(url);
					byteArray = await FS_handledByPreloadPlugin(byteArray, fullname);
					preFinish?.();
					if (!dontCreateFile) FS_createDataFile(parent, name, byteArray, canRead, canWrite, canOwn);
				} finally {
					removeRunDependency(dep);
				}
			};
			var FS_createPreloadedFile = (parent, name, url, canRead, canWrite, onload, onerror, dontCreateFile, canOwn, preFinish) => {
				FS_preloadFile(parent, name, url, canRead, canWrite, dontCreateFile, canOwn, preFinish).then(onload).catch(onerror);
			};
			var FS = {
				root: null,
				mounts: [],
				devices: {},
				streams: [],
				nextInode: 1,
				nameTable: null,
				currentPath: "/",
				initialized: false,
				ignorePermissions: true,
				filesystems: null,
				syncFSRequests: 0,
				ErrnoError: class {
					name = "ErrnoError";
					constructor(errno) {
						this.errno = errno;
					}
				},
				FSStream: class {
					shared = {};
					get object() {
						return this.node;
					}
					set object(val) {
						this.node = val;
					}
					get isRead() {
						return (this.flags & 2097155) !== 1;
					}
					get isWrite() {
						return (this.flags & 2097155) !== 0;
					}
					get isAppend() {
						return this.flags & 1024;
					}
					get flags() {
						return this.shared.flags;
					}
					set flags(val) {
						this.shared.flags = val;
					}
					get position() {
						return this.shared.position;
					}
					set position(val) {
						this.shared.position = val;
					}
				},
				FSNode: class {
					node_ops = {};
					stream_ops = {};
					readMode = 365;
					writeMode = 146;
					mounted = null;
					constructor(parent, name, mode, rdev) {
						if (!parent) parent = this;
						this.parent = parent;
						this.mount = parent.mount;
						this.id = FS.nextInode++;
						this.name = name;
						this.mode = mode;
						this.rdev = rdev;
						this.atime = this.mtime = this.ctime = Date.now();
					}
					get read() {
						return (this.mode & this.readMode) === this.readMode;
					}
					set read(val) {
						val ? this.mode |= this.readMode : this.mode &= ~this.readMode;
					}
					get write() {
						return (this.mode & this.writeMode) === this.writeMode;
					}
					set write(val) {
						val ? this.mode |= this.writeMode : this.mode &= ~this.writeMode;
					}
					get isFolder() {
						return FS.isDir(this.mode);
					}
					get isDevice() {
						return FS.isChrdev(this.mode);
					}
					addListener(cb, exclusive = false) {
						var entry = {
							cb,
							exclusive
						};
						var listeners = this.listeners ??= /* @__PURE__ */ new Set();
						listeners.add(entry);
						return {
							listeners,
							entry
						};
					}
					notifyListeners(flags) {
						if (!this.listeners) return;
						var excl;
						for (var entry of this.listeners) if (entry.exclusive) (excl ||= []).push(entry);
						else entry.cb(flags);
						if (excl) {
							var i = (this.exclTurn || 0) % excl.length;
							this.exclTurn = i + 1;
							excl[i].cb(flags);
						}
					}
				},
				lookupPath(path, opts = {}) {
					if (!path) throw new FS.ErrnoError(44);
					opts.follow_mount ??= true;
					if (!PATH.isAbs(path)) path = FS.cwd() + "/" + path;
					linkloop: for (var nlinks = 0; nlinks < 40; nlinks++) {
						var parts = path.split("/").filter((p) => !!p);
						var current = FS.root;
						var current_path = "/";
						for (var i = 0; i < parts.length; i++) {
							var islast = i === parts.length - 1;
							if (islast && opts.parent) break;
							if (parts[i] === ".") continue;
							if (parts[i] === "..") {
								current_path = PATH.dirname(current_path);
								if (FS.isRoot(current)) {
									path = current_path + "/" + parts.slice(i + 1).join("/");
									nlinks--;
									continue linkloop;
								} else current = current.parent;
								continue;
							}
							current_path = PATH.join2(current_path, parts[i]);
							try {
								current = FS.lookupNode(current, parts[i]);
							} catch (e) {
								if (e?.errno === 44 && islast && opts.noent_okay) return { path: current_path };
								throw e;
							}
							if (FS.isMountpoint(current) && (!islast || opts.follow_mount)) current = current.mounted.root;
							if (FS.isLink(current.mode) && (!islast || opts.follow)) {
								if (!current.node_ops.readlink) throw new FS.ErrnoError(52);
								var link = current.node_ops.readlink(current);
								if (!PATH.isAbs(link)) link = PATH.dirname(current_path) + "/" + link;
								path = link + "/" + parts.slice(i + 1).join("/");
								continue linkloop;
							}
						}
						return {
							path: current_path,
							node: current
						};
					}
					throw new FS.ErrnoError(32);
				},
				getPath(node) {
					var path;
					while (true) {
						if (FS.isRoot(node)) {
							var mount = node.mount.mountpoint;
							if (!path) return mount;
							return mount[mount.length - 1] !== "/" ? `${mount}/${path}` : mount + path;
						}
						path = path ? `${node.name}/${path}` : node.name;
						node = node.parent;
					}
				},
				hashName(parentid, name) {
					var hash = 0;
					for (var i = 0; i < name.length; i++) hash = (hash << 5) - hash + name.charCodeAt(i) | 0;
					return (parentid + hash >>> 0) % FS.nameTable.length;
				},
				hashAddNode(node) {
					var hash = FS.hashName(node.parent.id, node.name);
					node.name_next = FS.nameTable[hash];
					FS.nameTable[hash] = node;
				},
				hashRemoveNode(node) {
					var hash = FS.hashName(node.parent.id, node.name);
					if (FS.nameTable[hash] === node) FS.nameTable[hash] = node.name_next;
					else {
						var current = FS.nameTable[hash];
						while (current) {
							if (current.name_next === node) {
								current.name_next = node.name_next;
								break;
							}
							current = current.name_next;
						}
					}
				},
				lookupNode(parent, name) {
					var errCode = FS.mayLookup(parent);
					if (errCode) throw new FS.ErrnoError(errCode);
					var hash = FS.hashName(parent.id, name);
					for (var node = FS.nameTable[hash]; node; node = node.name_next) {
						var nodeName = node.name;
						if (node.parent.id === parent.id && nodeName === name) return node;
					}
					return FS.lookup(parent, name);
				},
				createNode(parent, name, mode, rdev) {
					var node = new FS.FSNode(parent, name, mode, rdev);
					FS.hashAddNode(node);
					return node;
				},
				destroyNode(node) {
					FS.hashRemoveNode(node);
				},
				isRoot(node) {
					return node === node.parent;
				},
				isMountpoint(node) {
					return !!node.mounted;
				},
				isFile(mode) {
					return (mode & 61440) === 32768;
				},
				isDir(mode) {
					return (mode & 61440) === 16384;
				},
				isLink(mode) {
					return (mode & 61440) === 40960;
				},
				isChrdev(mode) {
					return (mode & 61440) === 8192;
				},
				isBlkdev(mode) {
					return (mode & 61440) === 24576;
				},
				isFIFO(mode) {
					return (mode & 61440) === 4096;
				},
				isSocket(mode) {
					return (mode & 49152) === 49152;
				},
				flagsToPermissionString(flag) {
					var perms = [
						"r",
						"w",
						"rw"
					][flag & 3];
					if (flag & 512) perms += "w";
					return perms;
				},
				nodePermissions(node, perms) {
					if (FS.ignorePermissions) return 0;
					if (perms.includes("r") && !(node.mode & 292)) return 2;
					if (perms.includes("w") && !(node.mode & 146)) return 2;
					if (perms.includes("x") && !(node.mode & 73)) return 2;
					return 0;
				},
				mayLookup(dir) {
					if (!FS.isDir(dir.mode)) return 54;
					var errCode = FS.nodePermissions(dir, "x");
					if (errCode) return errCode;
					if (!dir.node_ops.lookup) return 2;
					return 0;
				},
				mayCreate(dir, name) {
					if (!FS.isDir(dir.mode)) return 54;
					try {
						FS.lookupNode(dir, name);
						return 20;
					} catch (e) {}
					return FS.nodePermissions(dir, "wx");
				},
				mayDelete(dir, name, isdir) {
					var node;
					try {
						node = FS.lookupNode(dir, name);
					} catch (e) {
						return e.errno;
					}
					var errCode = FS.nodePermissions(dir, "wx");
					if (errCode) return errCode;
					if (isdir) {
						if (!FS.isDir(node.mode)) return 54;
						if (FS.isRoot(node) || FS.getPath(node) === FS.cwd()) return 10;
					} else if (FS.isDir(node.mode)) return 31;
					return 0;
				},
				mayOpen(node, flags) {
					if (!node) return 44;
					if (FS.isLink(node.mode)) return 32;
					var mode = FS.flagsToPermissionString(flags);
					if (FS.isDir(node.mode)) {
						if (mode !== "r" || flags & 576) return 31;
					}
					return FS.nodePermissions(node, mode);
				},
				checkOpExists(op, err) {
					if (!op) throw new FS.ErrnoError(err);
					return op;
				},
				MAX_OPEN_FDS: 4096,
				nextfd() {
					for (var fd = 0; fd <= FS.MAX_OPEN_FDS; fd++) if (!FS.streams[fd]) return fd;
					throw new FS.ErrnoError(33);
				},
				getStreamChecked(fd) {
					var stream = FS.getStream(fd);
					if (!stream) throw new FS.ErrnoError(8);
					return stream;
				},
				getStream: (fd) => FS.streams[fd],
				createStream(stream, fd = -1) {
					stream = Object.assign(new FS.FSStream(), stream);
					if (fd == -1) fd = FS.nextfd();
					stream.fd = fd;
					FS.streams[fd] = stream;
					return stream;
				},
				closeStream(fd) {
					FS.streams[fd] = null;
				},
				dupStream(origStream, fd = -1) {
					var stream = FS.createStream(origStream, fd);
					stream.stream_ops?.dup?.(stream);
					return stream;
				},
				doSetAttr(stream, node, attr) {
					var setattr = stream?.stream_ops.setattr;
					var arg = setattr ? stream : node;
					setattr ??= node.node_ops.setattr;
					FS.checkOpExists(setattr, 63);
					try {
						setattr(arg, attr);
					} catch (e) {
						if (e instanceof RangeError) throw new FS.ErrnoError(22);
						throw e;
					}
				},
				chrdev_stream_ops: {
					open(stream) {
						stream.stream_ops = FS.getDevice(stream.node.rdev).stream_ops;
						stream.stream_ops.open?.(stream);
					},
					llseek() {
						throw new FS.ErrnoError(70);
					}
				},
				major: (dev) => dev >> 8,
				minor: (dev) => dev & 255,
				makedev: (ma, mi) => ma << 8 | mi,
				registerDevice(dev, ops) {
					FS.devices[dev] = { stream_ops: ops };
				},
				getDevice: (dev) => FS.devices[dev],
				getMounts(mount) {
					var mounts = [];
					var check = [mount];
					while (check.length) {
						var m = check.pop();
						mounts.push(m);
						check.push(...m.mounts);
					}
					return mounts;
				},
				syncfs(populate, callback) {
					if (typeof populate == "function") {
						callback = populate;
						populate = false;
					}
					FS.syncFSRequests++;
					if (FS.syncFSRequests > 1) err(`warning: ${FS.syncFSRequests} FS.syncfs operations in flight at once, probably just doing extra work`);
					var mounts = FS.getMounts(FS.root.mount);
					var completed = 0;
					function doCallback(errCode) {
						FS.syncFSRequests--;
						return callback(errCode);
					}
					function done(errCode) {
						if (errCode) {
							if (!done.errored) {
								done.errored = true;
								return doCallback(errCode);
							}
							return;
						}
						if (++completed >= mounts.length) doCallback(null);
					}
					for (var mount of mounts) if (mount.type.syncfs) mount.type.syncfs(mount, populate, done);
					else done(null);
				},
				mount(type, opts, mountpoint) {
					var root = mountpoint === "/";
					var pseudo = !mountpoint;
					var node;
					if (root && FS.root) throw new FS.ErrnoError(10);
					else if (!root && !pseudo) {
						var lookup = FS.lookupPath(mountpoint, { follow_mount: false });
						mountpoint = lookup.path;
						node = lookup.node;
						if (FS.isMountpoint(node)) throw new FS.ErrnoError(10);
						if (!FS.isDir(node.mode)) throw new FS.ErrnoError(54);
					}
					var mount = {
						type,
						opts,
						mountpoint,
						mounts: []
					};
					var mountRoot = type.mount(mount);
					mountRoot.mount = mount;
					mount.root = mountRoot;
					if (root) FS.root = mountRoot;
					else if (node) {
						node.mounted = mount;
						if (node.mount) node.mount.mounts.push(mount);
					}
					return mountRoot;
				},
				unmount(mountpoint) {
					var lookup = FS.lookupPath(mountpoint, { follow_mount: false });
					if (!FS.isMountpoint(lookup.node)) throw new FS.ErrnoError(28);
					var node = lookup.node;
					var mount = node.mounted;
					var mounts = FS.getMounts(mount);
					for (var [hash, current] of Object.entries(FS.nameTable)) while (current) {
						var next = current.name_next;
						if (mounts.includes(current.mount)) FS.destroyNode(current);
						current = next;
					}
					node.mounted = null;
					var idx = node.mount.mounts.indexOf(mount);
					node.mount.mounts.splice(idx, 1);
				},
				lookup(parent, name) {
					return parent.node_ops.lookup(parent, name);
				},
				mknod(path, mode, dev) {
					var parent = FS.lookupPath(path, { parent: true }).node;
					var name = PATH.basename(path);
					if (!name) throw new FS.ErrnoError(28);
					if (name === "." || name === "..") throw new FS.ErrnoError(20);
					var errCode = FS.mayCreate(parent, name);
					if (errCode) throw new FS.ErrnoError(errCode);
					if (!parent.node_ops.mknod) throw new FS.ErrnoError(63);
					return parent.node_ops.mknod(parent, name, mode, dev);
				},
				statfs(path) {
					return FS.statfsNode(FS.lookupPath(path, { follow: true }).node);
				},
				statfsStream(stream) {
					return FS.statfsNode(stream.node);
				},
				statfsNode(node) {
					var rtn = {
						bsize: 4096,
						frsize: 4096,
						blocks: 1e6,
						bfree: 5e5,
						bavail: 5e5,
						files: FS.nextInode,
						ffree: FS.nextInode - 1,
						fsid: 42,
						flags: 2,
						namelen: 255
					};
					if (node.node_ops.statfs) Object.assign(rtn, node.node_ops.statfs(node.mount.opts.root));
					return rtn;
				},
				create(path, mode = 438) {
					mode &= 4095;
					mode |= 32768;
					return FS.mknod(path, mode, 0);
				},
				mkdir(path, mode = 511) {
					mode &= 1023;
					mode |= 16384;
					return FS.mknod(path, mode, 0);
				},
				mkdirTree(path, mode) {
					var dirs = path.split("/");
					var d = "";
					for (var dir of dirs) {
						if (!dir) continue;
						if (d || PATH.isAbs(path)) d += "/";
						d += dir;
						try {
							FS.mkdir(d, mode);
						} catch (e) {
							if (e.errno != 20) throw e;
						}
					}
				},
				mkdev(path, mode, dev) {
					if (typeof dev == "undefined") {
						dev = mode;
						mode = 438;
					}
					mode |= 8192;
					return FS.mknod(path, mode, dev);
				},
				symlink(oldpath, newpath) {
					if (!PATH_FS.resolve(oldpath)) throw new FS.ErrnoError(44);
					var parent = FS.lookupPath(newpath, { parent: true }).node;
					if (!parent) throw new FS.ErrnoError(44);
					var newname = PATH.basename(newpath);
					var errCode = FS.mayCreate(parent, newname);
					if (errCode) throw new FS.ErrnoError(errCode);
					if (!parent.node_ops.symlink) throw new FS.ErrnoError(63);
					return parent.node_ops.symlink(parent, newname, oldpath);
				},
				link(oldpath, newpath, flags) {
					var parent = FS.lookupPath(newpath, { parent: true }).node;
					if (!parent) throw new FS.ErrnoError(44);
					var newname = PATH.basename(newpath);
					var errCode = FS.mayCreate(parent, newname);
					if (errCode) throw new FS.ErrnoError(errCode);
					if (!parent.node_ops.link) throw new FS.ErrnoError(34);
					return parent.node_ops.link(parent, newname, oldpath, flags);
				},
				rename(old_path, new_path) {
					var old_dirname = PATH.dirname(old_path);
					var new_dirname = PATH.dirname(new_path);
					var old_name = PATH.basename(old_path);
					var new_name = PATH.basename(new_path);
					var lookup = FS.lookupPath(old_path, { parent: true }), old_dir = lookup.node, new_dir;
					lookup = FS.lookupPath(new_path, { parent: true });
					new_dir = lookup.node;
					if (!old_dir || !new_dir) throw new FS.ErrnoError(44);
					if (old_dir.mount !== new_dir.mount) throw new FS.ErrnoError(75);
					var old_node = FS.lookupNode(old_dir, old_name);
					var relative = PATH_FS.relative(old_path, new_dirname);
					if (relative.charAt(0) !== ".") throw new FS.ErrnoError(28);
					relative = PATH_FS.relative(new_path, old_dirname);
					if (relative.charAt(0) !== ".") throw new FS.ErrnoError(55);
					var new_node;
					try {
						new_node = FS.lookupNode(new_dir, new_name);
					} catch (e) {}
					if (old_node === new_node) return;
					var isdir = FS.isDir(old_node.mode);
					var errCode = FS.mayDelete(old_dir, old_name, isdir);
					if (errCode) throw new FS.ErrnoError(errCode);
					errCode = new_node ? FS.mayDelete(new_dir, new_name, isdir) : FS.mayCreate(new_dir, new_name);
					if (errCode) throw new FS.ErrnoError(errCode);
					if (!old_dir.node_ops.rename) throw new FS.ErrnoError(63);
					if (FS.isMountpoint(old_node) || new_node && FS.isMountpoint(new_node)) throw new FS.ErrnoError(10);
					if (new_dir !== old_dir) {
						errCode = FS.nodePermissions(old_dir, "w");
						if (errCode) throw new FS.ErrnoError(errCode);
					}
					FS.hashRemoveNode(old_node);
					try {
						old_dir.node_ops.rename(old_node, new_dir, new_name);
						old_node.parent = new_dir;
					} catch (e) {
						throw e;
					} finally {
						FS.hashAddNode(old_node);
					}
				},
				rmdir(path) {
					var parent = FS.lookupPath(path, { parent: true }).node;
					var name = PATH.basename(path);
					var node = FS.lookupNode(parent, name);
					var errCode = FS.mayDelete(parent, name, true);
					if (errCode) throw new FS.ErrnoError(errCode);
					if (!parent.node_ops.rmdir) throw new FS.ErrnoError(63);
					if (FS.isMountpoint(node)) throw new FS.ErrnoError(10);
					parent.node_ops.rmdir(parent, name);
					FS.destroyNode(node);
				},
				readdir(path) {
					var node = FS.lookupPath(path, { follow: true }).node;
					return FS.checkOpExists(node.node_ops.readdir, 54)(node);
				},
				unlink(path) {
					var parent = FS.lookupPath(path, { parent: true }).node;
					if (!parent) throw new FS.ErrnoError(44);
					var name = PATH.basename(path);
					var node = FS.lookupNode(parent, name);
					var errCode = FS.mayDelete(parent, name, false);
					if (errCode) throw new FS.ErrnoError(errCode);
					if (!parent.node_ops.unlink) throw new FS.ErrnoError(63);
					if (FS.isMountpoint(node)) throw new FS.ErrnoError(10);
					parent.node_ops.unlink(parent, name);
					FS.destroyNode(node);
				},
				readlink(path) {
					var link = FS.lookupPath(path).node;
					if (!link) throw new FS.ErrnoError(44);
					if (!link.node_ops.readlink) throw new FS.ErrnoError(28);
					return link.node_ops.readlink(link);
				},
				stat(path, dontFollow) {
					var node = FS.lookupPath(path, { follow: !dontFollow }).node;
					return FS.checkOpExists(node.node_ops.getattr, 63)(node);
				},
				fstat(fd) {
					var stream = FS.getStreamChecked(fd);
					var node = stream.node;
					var getattr = stream.stream_ops.getattr;
					var arg = getattr ? stream : node;
					getattr ??= node.node_ops.getattr;
					FS.checkOpExists(getattr, 63);
					return getattr(arg);
				},
				lstat(path) {
					return FS.stat(path, true);
				},
				doChmod(stream, node, mode, dontFollow) {
					FS.doSetAttr(stream, node, {
						mode: mode & 4095 | node.mode & -4096,
						ctime: Date.now(),
						dontFollow
					});
				},
				chmod(path, mode, dontFollow) {
					var node;
					if (typeof path == "string") node = FS.lookupPath(path, { follow: !dontFollow }).node;
					else node = path;
					FS.doChmod(null, node, mode, dontFollow);
				},
				lchmod(path, mode) {
					FS.chmod(path, mode, true);
				},
				fchmod(fd, mode) {
					var stream = FS.getStreamChecked(fd);
					FS.doChmod(stream, stream.node, mode, false);
				},
				doChown(stream, node, dontFollow) {
					FS.doSetAttr(stream, node, {
						timestamp: Date.now(),
						dontFollow
					});
				},
				chown(path, uid, gid, dontFollow) {
					var node;
					if (typeof path == "string") node = FS.lookupPath(path, { follow: !dontFollow }).node;
					else node = path;
					FS.doChown(null, node, dontFollow);
				},
				lchown(path, uid, gid) {
					FS.chown(path, uid, gid, true);
				},
				fchown(fd, uid, gid) {
					var stream = FS.getStreamChecked(fd);
					FS.doChown(stream, stream.node, false);
				},
				doTruncate(stream, node, len) {
					if (FS.isDir(node.mode)) throw new FS.ErrnoError(31);
					if (!FS.isFile(node.mode)) throw new FS.ErrnoError(28);
					var errCode = FS.nodePermissions(node, "w");
					if (errCode) throw new FS.ErrnoError(errCode);
					FS.doSetAttr(stream, node, {
						size: len,
						timestamp: Date.now()
					});
				},
				truncate(path, len) {
					if (len < 0) throw new FS.ErrnoError(28);
					var node;
					if (typeof path == "string") node = FS.lookupPath(path, { follow: true }).node;
					else node = path;
					FS.doTruncate(null, node, len);
				},
				ftruncate(fd, len) {
					var stream = FS.getStreamChecked(fd);
					if (len < 0 || (stream.flags & 2097155) === 0) throw new FS.ErrnoError(28);
					FS.doTruncate(stream, stream.node, len);
				},
				utime(path, atime, mtime, dontFollow) {
					var lookup = FS.lookupPath(path, { follow: !dontFollow });
					FS.doSetAttr(null, lookup.node, {
						atime,
						mtime,
						dontFollow
					});
				},
				open(path, flags, mode = 438) {
					if (path === "") throw new FS.ErrnoError(44);
					flags = FS_modeStringToFlags(flags);
					if (flags & 64) mode = mode & 4095 | 32768;
					else mode = 0;
					var node;
					var isDirPath;
					if (typeof path == "object") node = path;
					else {
						isDirPath = path.endsWith("/");
						var lookup = FS.lookupPath(path, {
							follow: !(flags & 131072),
							noent_okay: true
						});
						node = lookup.node;
						path = lookup.path;
					}
					var created = false;
					if (flags & 64) {
						if (node) {
							if (flags & 128) throw new FS.ErrnoError(20);
						} else if (isDirPath) throw new FS.ErrnoError(31);
						else {
							node = FS.mknod(path, mode | 511, 0);
							created = true;
						}
					}
					if (!node) throw new FS.ErrnoError(44);
					if (FS.isChrdev(node.mode)) flags &= -513;
					if (flags & 65536 && !FS.isDir(node.mode)) throw new FS.ErrnoError(54);
					if (!created) {
						var errCode = FS.mayOpen(node, flags);
						if (errCode) throw new FS.ErrnoError(errCode);
					}
					if (flags & 512 && !created) FS.truncate(node, 0);
					flags &= -131713;
					var stream = FS.createStream({
						node,
						path: FS.getPath(node),
						flags,
						seekable: true,
						position: 0,
						stream_ops: node.stream_ops,
						ungotten: [],
						error: false
					});
					if (stream.stream_ops.open) stream.stream_ops.open(stream);
					if (created) FS.chmod(node, mode & 511);
					return stream;
				},
				close(stream) {
					if (FS.isClosed(stream)) throw new FS.ErrnoError(8);
					if (stream.getdents) stream.getdents = null;
					stream.node?.notifyListeners(32);
					try {
						if (stream.stream_ops.close) stream.stream_ops.close(stream);
					} catch (e) {
						throw e;
					} finally {
						FS.closeStream(stream.fd);
					}
					stream.fd = null;
				},
				isClosed(stream) {
					return stream.fd === null;
				},
				llseek(stream, offset, whence) {
					if (FS.isClosed(stream)) throw new FS.ErrnoError(8);
					if (!stream.seekable || !stream.stream_ops.llseek) throw new FS.ErrnoError(70);
					if (whence != 0 && whence != 1 && whence != 2) throw new FS.ErrnoError(28);
					stream.position = stream.stream_ops.llseek(stream, offset, whence);
					stream.ungotten = [];
					return stream.position;
				},
				read(stream, buffer, offset, length, position) {
					if (length < 0 || position < 0) throw new FS.ErrnoError(28);
					if (FS.isClosed(stream)) throw new FS.ErrnoError(8);
					if ((stream.flags & 2097155) === 1) throw new FS.ErrnoError(8);
					if (FS.isDir(stream.node.mode)) throw new FS.ErrnoError(31);
					if (!stream.stream_ops.read) throw new FS.ErrnoError(28);
					var seeking = typeof position != "undefined";
					if (!seeking) position = stream.position;
					else if (!stream.seekable) throw new FS.ErrnoError(70);
					var bytesRead = stream.stream_ops.read(stream, buffer, offset, length, position);
					if (!seeking) stream.position += bytesRead;
					return bytesRead;
				},
				write(stream, buffer, offset, length, position, canOwn) {
					if (length < 0 || position < 0) throw new FS.ErrnoError(28);
					if (FS.isClosed(stream)) throw new FS.ErrnoError(8);
					if ((stream.flags & 2097155) === 0) throw new FS.ErrnoError(8);
					if (FS.isDir(stream.node.mode)) throw new FS.ErrnoError(31);
					if (!stream.stream_ops.write) throw new FS.ErrnoError(28);
					if (stream.seekable && stream.flags & 1024) FS.llseek(stream, 0, 2);
					var seeking = typeof position != "undefined";
					if (!seeking) position = stream.position;
					else if (!stream.seekable) throw new FS.ErrnoError(70);
					var bytesWritten = stream.stream_ops.write(stream, buffer, offset, length, position, canOwn);
					if (!seeking) stream.position += bytesWritten;
					return bytesWritten;
				},
				mmap(stream, length, position, prot, flags) {
					if ((prot & 2) !== 0 && (flags & 2) === 0 && (stream.flags & 2097155) !== 2) throw new FS.ErrnoError(2);
					if ((stream.flags & 2097155) === 1) throw new FS.ErrnoError(2);
					if (!stream.stream_ops.mmap) throw new FS.ErrnoError(43);
					if (!length) throw new FS.ErrnoError(28);
					return stream.stream_ops.mmap(stream, length, position, prot, flags);
				},
				msync(stream, buffer, offset, length, mmapFlags) {
					if (!stream.stream_ops.msync) return 0;
					return stream.stream_ops.msync(stream, buffer, offset, length, mmapFlags);
				},
				ioctl(stream, cmd, arg) {
					if (!stream.stream_ops.ioctl) throw new FS.ErrnoError(59);
					return stream.stream_ops.ioctl(stream, cmd, arg);
				},
				readFile(path, opts = {}) {
					opts.flags = opts.flags ?? 0;
					opts.encoding = opts.encoding ?? "binary";
					if (opts.encoding !== "utf8" && opts.encoding !== "binary") abort(`Invalid encoding type "${opts.encoding}"`);
					var stream = FS.open(path, opts.flags);
					var length = FS.stat(path).size;
					var buf = new Uint8Array(length);
					FS.read(stream, buf, 0, length, 0);
					if (opts.encoding === "utf8") buf = UTF8ArrayToString(buf);
					FS.close(stream);
					return buf;
				},
				writeFile(path, data, opts = {}) {
					opts.flags = opts.flags ?? 577;
					var stream = FS.open(path, opts.flags, opts.mode);
					data = FS_fileDataToTypedArray(data);
					FS.write(stream, data, 0, data.byteLength, void 0, opts.canOwn);
					FS.close(stream);
				},
				cwd: () => FS.currentPath,
				chdir(path) {
					var lookup = FS.lookupPath(path, { follow: true });
					if (lookup.node === null) throw new FS.ErrnoError(44);
					if (!FS.isDir(lookup.node.mode)) throw new FS.ErrnoError(54);
					var errCode = FS.nodePermissions(lookup.node, "x");
					if (errCode) throw new FS.ErrnoError(errCode);
					FS.currentPath = lookup.path;
				},
				createDefaultDirectories() {
					FS.mkdir("/tmp");
					FS.mkdir("/home");
					FS.mkdir("/home/web_user");
				},
				createDefaultDevices() {
					FS.mkdir("/dev");
					FS.registerDevice(FS.makedev(1, 3), {
						read: () => 0,
						write: (stream, buffer, offset, length, pos) => length,
						llseek: () => 0
					});
					FS.mkdev("/dev/null", FS.makedev(1, 3));
					TTY.register(FS.makedev(5, 0), TTY.default_tty_ops);
					TTY.register(FS.makedev(6, 0), TTY.default_tty1_ops);
					FS.mkdev("/dev/tty", FS.makedev(5, 0));
					FS.mkdev("/dev/tty1", FS.makedev(6, 0));
					var randomBuffer = /* @__PURE__ */ new Uint8Array(1024), randomLeft = 0;
					var randomByte = () => {
						if (randomLeft === 0) {
							randomFill(randomBuffer);
							randomLeft = randomBuffer.byteLength;
						}
						return randomBuffer[--randomLeft];
					};
					FS.createDevice("/dev", "random", randomByte);
					FS.createDevice("/dev", "urandom", randomByte);
					FS.mkdir("/dev/shm");
					FS.mkdir("/dev/shm/tmp");
				},
				createSpecialDirectories() {
					FS.mkdir("/proc");
					var proc_self = FS.mkdir("/proc/self");
					FS.mkdir("/proc/self/fd");
					FS.mount({ mount() {
						var node = FS.createNode(proc_self, "fd", 16895, 73);
						node.stream_ops = { llseek: MEMFS.stream_ops.llseek };
						node.node_ops = {
							lookup(parent, name) {
								var fd = +name;
								var stream = FS.getStreamChecked(fd);
								var ret = {
									parent: null,
									mount: { mountpoint: "fake" },
									node_ops: { readlink: () => stream.path },
									id: fd + 1
								};
								ret.parent = ret;
								return ret;
							},
							readdir() {
								return Array.from(FS.streams.entries()).filter(([k, v]) => v).map(([k, v]) => k.toString());
							}
						};
						return node;
					} }, {}, "/proc/self/fd");
				},
				createStandardStreams(input, output, error) {
					if (input) FS.createDevice("/dev", "stdin", input);
					else FS.symlink("/dev/tty", "/dev/stdin");
					if (output) FS.createDevice("/dev", "stdout", null, output);
					else FS.symlink("/dev/tty", "/dev/stdout");
					if (error) FS.createDevice("/dev", "stderr", null, error);
					else FS.symlink("/dev/tty1", "/dev/stderr");
					FS.open("/dev/stdin", 0);
					FS.open("/dev/stdout", 1);
					FS.open("/dev/stderr", 1);
				},
				staticInit() {
					FS.nameTable = new Array(4096);
					FS.mount(MEMFS, {}, "/");
					FS.createDefaultDirectories();
					FS.createDefaultDevices();
					FS.createSpecialDirectories();
					FS.filesystems = { MEMFS };
				},
				init(input, output, error) {
					FS.initialized = true;
					input ??= Module["stdin"];
					output ??= Module["stdout"];
					error ??= Module["stderr"];
					FS.createStandardStreams(input, output, error);
				},
				quit() {
					FS.initialized = false;
					for (var stream of FS.streams) if (stream) FS.close(stream);
				},
				findObject(path, dontResolveLastLink) {
					var ret = FS.analyzePath(path, dontResolveLastLink);
					if (!ret.exists) return null;
					return ret.object;
				},
				analyzePath(path, dontResolveLastLink) {
					try {
						var lookup = FS.lookupPath(path, { follow: !dontResolveLastLink });
						path = lookup.path;
					} catch (e) {}
					var ret = {
						isRoot: false,
						exists: false,
						error: 0,
						name: null,
						path: null,
						object: null,
						parentExists: false,
						parentPath: null,
						parentObject: null
					};
					try {
						var lookup = FS.lookupPath(path, { parent: true });
						ret.parentExists = true;
						ret.parentPath = lookup.path;
						ret.parentObject = lookup.node;
						ret.name = PATH.basename(path);
						lookup = FS.lookupPath(path, { follow: !dontResolveLastLink });
						ret.exists = true;
						ret.path = lookup.path;
						ret.object = lookup.node;
						ret.name = lookup.node.name;
						ret.isRoot = lookup.path === "/";
					} catch (e) {
						ret.error = e.errno;
					}
					return ret;
				},
				createPath(parent, path, canRead, canWrite) {
					parent = typeof parent == "string" ? parent : FS.getPath(parent);
					var parts = path.split("/").reverse();
					while (parts.length) {
						var part = parts.pop();
						if (!part) continue;
						var current = PATH.join2(parent, part);
						try {
							FS.mkdir(current);
						} catch (e) {
							if (e.errno != 20) throw e;
						}
						parent = current;
					}
					return current;
				},
				createFile(parent, name, properties, canRead, canWrite) {
					var path = PATH.join2(typeof parent == "string" ? parent : FS.getPath(parent), name);
					var mode = FS_getMode(canRead, canWrite);
					return FS.create(path, mode);
				},
				createDataFile(parent, name, data, canRead, canWrite, canOwn) {
					var path = name;
					if (parent) {
						parent = typeof parent == "string" ? parent : FS.getPath(parent);
						path = name ? PATH.join2(parent, name) : parent;
					}
					var mode = FS_getMode(canRead, canWrite);
					var node = FS.create(path, mode);
					if (data) {
						data = FS_fileDataToTypedArray(data);
						FS.chmod(node, mode | 146);
						var stream = FS.open(node, 577);
						FS.write(stream, data, 0, data.length, 0, canOwn);
						FS.close(stream);
						FS.chmod(node, mode);
					}
				},
				createDevice(parent, name, input, output) {
					var path = PATH.join2(typeof parent == "string" ? parent : FS.getPath(parent), name);
					var mode = FS_getMode(!!input, !!output);
					FS.createDevice.major ??= 64;
					var dev = FS.makedev(FS.createDevice.major++, 0);
					FS.registerDevice(dev, {
						open(stream) {
							stream.seekable = false;
						},
						close(stream) {
							if (output?.buffer?.length) output(10);
						},
						read(stream, buffer, offset, length, pos) {
							var bytesRead = 0;
							for (var i = 0; i < length; i++) {
								var result;
								try {
									result = input();
								} catch (e) {
									throw new FS.ErrnoError(29);
								}
								if (result === void 0 && bytesRead === 0) throw new FS.ErrnoError(6);
								if (result === null || result === void 0) break;
								bytesRead++;
								buffer[offset + i] = result;
							}
							if (bytesRead) stream.node.atime = Date.now();
							return bytesRead;
						},
						write(stream, buffer, offset, length, pos) {
							for (var i = 0; i < length; i++) try {
								output(buffer[offset + i]);
							} catch (e) {
								throw new FS.ErrnoError(29);
							}
							if (length) stream.node.mtime = stream.node.ctime = Date.now();
							return i;
						}
					});
					return FS.mkdev(path, mode, dev);
				},
				forceLoadFile(obj) {
					if (obj.isDevice || obj.isFolder || obj.link || obj.contents) return true;
					if (globalThis.XMLHttpRequest) abort("Lazy loading should have been performed (contents set) in createLazyFile, but it was not. Lazy loading only works in web workers. Use --embed-file or --preload-file in emcc on the main thread.");
					else try {
						obj.contents = readBinary(obj.url);
					} catch (e) {
						throw new FS.ErrnoError(29);
					}
				},
				createLazyFile(parent, name, url, canRead, canWrite) {
					class LazyUint8Array {
						lengthKnown = false;
						chunks = [];
						get(idx) {
							if (idx > this.length - 1 || idx < 0) return;
							var chunkOffset = idx % this.chunkSize;
							var chunkNum = idx / this.chunkSize | 0;
							return this.getter(chunkNum)[chunkOffset];
						}
						setDataGetter(getter) {
							this.getter = getter;
						}
						cacheLength() {
							var xhr = new XMLHttpRequest();
							xhr.open("HEAD", url, false);
							xhr.send(null);
							if (!(xhr.status >= 200 && xhr.status < 300 || xhr.status === 304)) abort("Couldn't load " + url + ". Status: " + xhr.status);
							var datalength = Number(xhr.getResponseHeader("Content-length"));
							var header;
							var hasByteServing = (header = xhr.getResponseHeader("Accept-Ranges")) && header === "bytes";
							var usesGzip = (header = xhr.getResponseHeader("Content-Encoding")) && header === "gzip";
							var chunkSize = 1048576;
							if (!hasByteServing) chunkSize = datalength;
							var doXHR = (from, to) => {
								if (from > to) abort(`invalid range (${from}, ${to}) or no bytes requested!`);
								if (to > datalength - 1) abort(`only ${datalength} bytes available! programmer error!`);
								var xhr = new XMLHttpRequest();
								xhr.open("GET", url, false);
								if (datalength !== chunkSize) xhr.setRequestHeader("Range", "bytes=" + from + "-" + to);
								xhr.responseType = "arraybuffer";
								if (xhr.overrideMimeType) xhr.overrideMimeType("text/plain; charset=x-user-defined");
								xhr.send(null);
								if (!(xhr.status >= 200 && xhr.status < 300 || xhr.status === 304)) abort("Couldn't load " + url + ". Status: " + xhr.status);
								if (xhr.response !== void 0) return new Uint8Array(xhr.response || []);
								return intArrayFromString(xhr.responseText ?? "", true);
							};
							var lazyArray = this;
							lazyArray.setDataGetter((chunkNum) => {
								var start = chunkNum * chunkSize;
								var end = (chunkNum + 1) * chunkSize - 1;
								end = Math.min(end, datalength - 1);
								if (typeof lazyArray.chunks[chunkNum] == "undefined") lazyArray.chunks[chunkNum] = doXHR(start, end);
								if (typeof lazyArray.chunks[chunkNum] == "undefined") abort("doXHR failed!");
								return lazyArray.chunks[chunkNum];
							});
							if (usesGzip || !datalength) {
								chunkSize = datalength = 1;
								datalength = this.getter(0).length;
								chunkSize = datalength;
								out("LazyFiles on gzip forces download of the whole file when length is accessed");
							}
							this._length = datalength;
							this._chunkSize = chunkSize;
							this.lengthKnown = true;
						}
						get length() {
							if (!this.lengthKnown) this.cacheLength();
							return this._length;
						}
						get chunkSize() {
							if (!this.lengthKnown) this.cacheLength();
							return this._chunkSize;
						}
					}
					if (globalThis.XMLHttpRequest) {
						if (!ENVIRONMENT_IS_WORKER) abort("Cannot do synchronous binary XHRs outside webworkers in modern browsers. Use --embed-file or --preload-file in emcc");
						var properties = {
							isDevice: false,
							contents: new LazyUint8Array()
						};
					} else var properties = {
						isDevice: false,
						url
					};
					var node = FS.createFile(parent, name, properties, canRead, canWrite);
					if (properties.contents) node.contents = properties.contents;
					else if (properties.url) {
						node.contents = null;
						node.url = properties.url;
					}
					Object.defineProperties(node, { usedBytes: { get: function() {
						return this.contents.length;
					} } });
					var stream_ops = {};
					for (const [key, fn] of Object.entries(node.stream_ops)) stream_ops[key] = (...args) => {
						FS.forceLoadFile(node);
						return fn(...args);
					};
					function writeChunks(stream, buffer, offset, length, position) {
						var contents = stream.node.contents;
						if (position >= contents.length) return 0;
						var size = Math.min(contents.length - position, length);
						if (contents.slice) for (var i = 0; i < size; i++) buffer[offset + i] = contents[position + i];
						else for (var i = 0; i < size; i++) buffer[offset + i] = contents.get(position + i);
						return size;
					}
					stream_ops.read = (stream, buffer, offset, length, position) => {
						FS.forceLoadFile(node);
						return writeChunks(stream, buffer, offset, length, position);
					};
					stream_ops.mmap = (stream, length, position, prot, flags) => {
						FS.forceLoadFile(node);
						var ptr = mmapAlloc(length);
						if (!ptr) throw new FS.ErrnoError(48);
						writeChunks(stream, HEAP8, ptr, length, position);
						return {
							ptr,
							allocated: true
						};
					};
					node.stream_ops = stream_ops;
					return node;
				}
			};
			var SYSCALLS = {
				currentUmask: 18,
				calculateAt(dirfd, path, allowEmpty) {
					if (PATH.isAbs(path)) return path;
					var dir;
					if (dirfd === -100) dir = FS.cwd();
					else dir = SYSCALLS.getStreamFromFD(dirfd).path;
					if (path.length == 0) {
						if (!allowEmpty) throw new FS.ErrnoError(44);
						return dir;
					}
					return dir + "/" + path;
				},
				writeStat(buf, stat) {
					HEAPU32[buf >> 2] = stat.dev;
					HEAPU32[buf + 4 >> 2] = stat.mode;
					HEAPU32[buf + 8 >> 2] = stat.nlink;
					HEAPU32[buf + 12 >> 2] = stat.uid;
					HEAPU32[buf + 16 >> 2] = stat.gid;
					HEAPU32[buf + 20 >> 2] = stat.rdev;
					HEAP64[buf + 24 >> 3] = BigInt(stat.size);
					HEAP32[buf + 32 >> 2] = 4096;
					HEAP32[buf + 36 >> 2] = stat.blocks;
					var atime = stat.atime.getTime();
					var mtime = stat.mtime.getTime();
					var ctime = stat.ctime.getTime();
					HEAP64[buf + 40 >> 3] = BigInt(Math.floor(atime / 1e3));
					HEAPU32[buf + 48 >> 2] = atime % 1e3 * 1e3 * 1e3;
					HEAP64[buf + 56 >> 3] = BigInt(Math.floor(mtime / 1e3));
					HEAPU32[buf + 64 >> 2] = mtime % 1e3 * 1e3 * 1e3;
					HEAP64[buf + 72 >> 3] = BigInt(Math.floor(ctime / 1e3));
					HEAPU32[buf + 80 >> 2] = ctime % 1e3 * 1e3 * 1e3;
					HEAP64[buf + 88 >> 3] = BigInt(stat.ino);
					return 0;
				},
				writeStatFs(buf, stats) {
					HEAPU32[buf + 4 >> 2] = stats.bsize;
					HEAPU32[buf + 60 >> 2] = stats.bsize;
					HEAP64[buf + 8 >> 3] = BigInt(stats.blocks);
					HEAP64[buf + 16 >> 3] = BigInt(stats.bfree);
					HEAP64[buf + 24 >> 3] = BigInt(stats.bavail);
					HEAP64[buf + 32 >> 3] = BigInt(stats.files);
					HEAP64[buf + 40 >> 3] = BigInt(stats.ffree);
					HEAPU32[buf + 48 >> 2] = stats.fsid;
					HEAPU32[buf + 64 >> 2] = stats.flags;
					HEAPU32[buf + 56 >> 2] = stats.namelen;
				},
				doMsync(addr, stream, len, flags, offset) {
					if (!FS.isFile(stream.node.mode)) throw new FS.ErrnoError(43);
					if (flags & 2) return 0;
					var buffer = HEAPU8.subarray(addr, addr + len);
					FS.msync(stream, buffer, offset, len, flags);
				},
				getStreamFromFD(fd) {
					return FS.getStreamChecked(fd);
				},
				varargs: void 0,
				getStr(ptr) {
					return UTF8ToString(ptr);
				}
			};
			function _fd_close(fd) {
				try {
					var stream = SYSCALLS.getStreamFromFD(fd);
					FS.close(stream);
					return 0;
				} catch (e) {
					if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
					return e.errno;
				}
			}
			var doReadv = (stream, iov, iovcnt, offset) => {
				var ret = 0;
				for (var i = 0; i < iovcnt; i++) {
					var ptr = HEAPU32[iov >> 2];
					var len = HEAPU32[iov + 4 >> 2];
					iov += 8;
					try {
						var curr = FS.read(stream, HEAP8, ptr, len, offset);
					} catch (e) {
						if (ret > 0 && e instanceof FS.ErrnoError && (e.errno == 6 || e.errno == 6)) break;
						throw e;
					}
					if (curr < 0) return -1;
					ret += curr;
					if (curr < len) break;
					if (typeof offset != "undefined") offset += curr;
				}
				return ret;
			};
			function _fd_read(fd, iov, iovcnt, pnum) {
				try {
					var num = doReadv(SYSCALLS.getStreamFromFD(fd), iov, iovcnt);
					HEAPU32[pnum >> 2] = num;
					return 0;
				} catch (e) {
					if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
					return e.errno;
				}
			}
			var INT53_MAX = 9007199254740992;
			var INT53_MIN = -9007199254740992;
			var bigintToI53Checked = (num) => num < INT53_MIN || num > INT53_MAX ? NaN : Number(num);
			function _fd_seek(fd, offset, whence, newOffset) {
				offset = bigintToI53Checked(offset);
				try {
					if (isNaN(offset)) return 22;
					var stream = SYSCALLS.getStreamFromFD(fd);
					FS.llseek(stream, offset, whence);
					HEAP64[newOffset >> 3] = BigInt(stream.position);
					if (stream.getdents && offset === 0 && whence === 0) stream.getdents = null;
					return 0;
				} catch (e) {
					if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
					return e.errno;
				}
			}
			var doWritev = (stream, iov, iovcnt, offset) => {
				if (iovcnt == 1) return FS.write(stream, HEAP8, HEAPU32[iov >> 2], HEAPU32[iov + 4 >> 2], offset);
				var total = 0;
				for (var i = 0, p = iov; i < iovcnt; i++, p += 8) total += HEAPU32[p + 4 >> 2];
				var view = new Uint8Array(total);
				var voff = 0;
				for (var i = 0; i < iovcnt; i++, iov += 8) {
					var ptr = HEAPU32[iov >> 2];
					var len = HEAPU32[iov + 4 >> 2];
					view.set(HEAPU8.subarray(ptr, ptr + len), voff);
					voff += len;
				}
				return FS.write(stream, view, 0, total, offset);
			};
			function _fd_write(fd, iov, iovcnt, pnum) {
				try {
					var num = doWritev(SYSCALLS.getStreamFromFD(fd), iov, iovcnt);
					HEAPU32[pnum >> 2] = num;
					return 0;
				} catch (e) {
					if (typeof FS == "undefined" || !(e.name === "ErrnoError")) throw e;
					return e.errno;
				}
			}
			var wasmTableMirror = [];
			var getWasmTableEntry = (funcPtr) => {
				var func = wasmTableMirror[funcPtr];
				if (!func) wasmTableMirror[funcPtr] = func = wasmTable.get(funcPtr);
				return func;
			};
			var stringToUTF8 = (str, outPtr, maxBytesToWrite) => stringToUTF8Array(str, HEAPU8, outPtr, maxBytesToWrite);
			FS.createPreloadedFile = FS_createPreloadedFile;
			FS.preloadFile = FS_preloadFile;
			FS.staticInit();
			if (Module["noExitRuntime"]) noExitRuntime = Module["noExitRuntime"];
			if (Module["print"]) out = Module["print"];
			if (Module["printErr"]) err = Module["printErr"];
			if (Module["arguments"]) Module["arguments"];
			if (Module["thisProgram"]) Module["thisProgram"];
			var preInit = Module["preInit"];
			if (preInit) {
				if (typeof preInit == "function") Module["preInit"] = preInit = [preInit];
				while (preInit.length > 0) preInit.shift()();
			}
			Module["getValue"] = getValue;
			Module["UTF8ToString"] = UTF8ToString;
			Module["stringToUTF8"] = stringToUTF8;
			Module["lengthBytesUTF8"] = lengthBytesUTF8;
			var __emscripten_timeout, _setThrew, __emscripten_stack_restore, _emscripten_stack_get_current, wasmMemory, wasmTable;
			function assignWasmExports(wasmExports) {
				Module["_wasm_parse_query"] = wasmExports["B"];
				Module["_malloc"] = wasmExports["C"];
				Module["_free"] = wasmExports["E"];
				Module["_wasm_parse_query_raw"] = wasmExports["F"];
				Module["_wasm_free_parse_result"] = wasmExports["G"];
				Module["_wasm_parse_plpgsql"] = wasmExports["H"];
				Module["_wasm_fingerprint"] = wasmExports["I"];
				Module["_wasm_normalize_query"] = wasmExports["J"];
				Module["_wasm_parse_query_detailed"] = wasmExports["K"];
				Module["_wasm_free_detailed_result"] = wasmExports["L"];
				Module["_wasm_scan"] = wasmExports["M"];
				Module["_wasm_free_string"] = wasmExports["N"];
				__emscripten_timeout = wasmExports["O"];
				_setThrew = wasmExports["P"];
				__emscripten_stack_restore = wasmExports["Q"];
				_emscripten_stack_get_current = wasmExports["R"];
				wasmMemory = wasmExports["z"];
				wasmTable = wasmExports["D"];
			}
			var wasmImports = {
				c: ___assert_fail,
				x: __abort_js,
				w: __emscripten_runtime_keepalive_clear,
				p: __emscripten_throw_longjmp,
				o: __setitimer_js,
				q: _emscripten_resize_heap,
				m: _exit,
				u: _fd_close,
				r: _fd_read,
				s: _fd_seek,
				t: _fd_write,
				g: invoke_i,
				b: invoke_ii,
				a: invoke_iii,
				d: invoke_iiii,
				k: invoke_iiiii,
				l: invoke_ji,
				e: invoke_v,
				f: invoke_vi,
				h: invoke_vii,
				j: invoke_viii,
				i: invoke_viiii,
				y: invoke_viiiii,
				n: invoke_viiiiiiiiiiiii,
				v: _proc_exit
			};
			function invoke_iii(index, a1, a2) {
				var sp = stackSave();
				try {
					return getWasmTableEntry(index)(a1, a2);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_ii(index, a1) {
				var sp = stackSave();
				try {
					return getWasmTableEntry(index)(a1);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_i(index) {
				var sp = stackSave();
				try {
					return getWasmTableEntry(index)();
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_v(index) {
				var sp = stackSave();
				try {
					getWasmTableEntry(index)();
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_iiii(index, a1, a2, a3) {
				var sp = stackSave();
				try {
					return getWasmTableEntry(index)(a1, a2, a3);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_viiii(index, a1, a2, a3, a4) {
				var sp = stackSave();
				try {
					getWasmTableEntry(index)(a1, a2, a3, a4);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_viiiiiiiiiiiii(index, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13) {
				var sp = stackSave();
				try {
					getWasmTableEntry(index)(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_iiiii(index, a1, a2, a3, a4) {
				var sp = stackSave();
				try {
					return getWasmTableEntry(index)(a1, a2, a3, a4);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_viii(index, a1, a2, a3) {
				var sp = stackSave();
				try {
					getWasmTableEntry(index)(a1, a2, a3);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_vi(index, a1) {
				var sp = stackSave();
				try {
					getWasmTableEntry(index)(a1);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_vii(index, a1, a2) {
				var sp = stackSave();
				try {
					getWasmTableEntry(index)(a1, a2);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_viiiii(index, a1, a2, a3, a4, a5) {
				var sp = stackSave();
				try {
					getWasmTableEntry(index)(a1, a2, a3, a4, a5);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
				}
			}
			function invoke_ji(index, a1) {
				var sp = stackSave();
				try {
					return getWasmTableEntry(index)(a1);
				} catch (e) {
					stackRestore(sp);
					if (!(e instanceof EmscriptenEH)) throw e;
					_setThrew(1, 0);
					return 0n;
				}
			}
			async function run() {
				preRun();
				if (runDependencies) await resolveRunDependencies();
				var setStatus = Module["setStatus"];
				if (setStatus) {
					setStatus("Running...");
					await new Promise((resolve) => setTimeout(resolve, 1));
					setTimeout(setStatus, 1, "");
				}
				if (ABORT) return;
				initRuntime();
				Module["onRuntimeInitialized"]?.();
				postRun();
			}
			var wasmExports = await createWasm();
			await run();
			return Module;
		};
	})();
	if (typeof exports === "object" && typeof module === "object") {
		module.exports = PgQueryModule;
		module.exports.default = PgQueryModule;
	} else if (typeof define === "function" && define["amd"]) define([], () => PgQueryModule);
}));
// node_modules/libpg-query/wasm/index.cjs
var require_wasm = /* @__PURE__ */ __commonJSMin(((exports, module, this$1) => {
	/**
	* DO NOT MODIFY MANUALLY — this is generated from the templates dir
	*
	* To make changes, edit the files in the templates/ directory and run:
	* npm run copy:templates
	*/
	var __createBinding = this$1 && this$1.__createBinding || (Object.create ? (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		var desc = Object.getOwnPropertyDescriptor(m, k);
		if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) desc = {
			enumerable: true,
			get: function() {
				return m[k];
			}
		};
		Object.defineProperty(o, k2, desc);
	}) : (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		o[k2] = m[k];
	}));
	var __exportStar = this$1 && this$1.__exportStar || function(m, exports) {
		for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
	};
	var __importDefault = this$1 && this$1.__importDefault || function(mod) {
		return mod && mod.__esModule ? mod : { "default": mod };
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.scan = exports.normalize = exports.fingerprint = exports.parsePlPgSQL = exports.parse = exports.SqlError = void 0;
	exports.hasSqlDetails = hasSqlDetails;
	exports.formatSqlError = formatSqlError;
	exports.loadModule = loadModule;
	exports.parseSync = parseSync;
	exports.parsePlPgSQLSync = parsePlPgSQLSync;
	exports.fingerprintSync = fingerprintSync;
	exports.normalizeSync = normalizeSync;
	exports.scanSync = scanSync;
	__exportStar(require_types(), exports);
	var SqlError = class extends Error {
		sqlDetails;
		constructor(message, details) {
			super(message);
			this.name = "SqlError";
			this.sqlDetails = details;
		}
	};
	exports.SqlError = SqlError;
	function hasSqlDetails(error) {
		return error instanceof SqlError && error.sqlDetails !== void 0;
	}
	function formatSqlError(error, query, options = {}) {
		const { showPosition = true, showQuery = true, color = false, maxQueryLength } = options;
		const lines = [];
		const red = color ? "\x1B[31m" : "";
		const yellow = color ? "\x1B[33m" : "";
		const reset = color ? "\x1B[0m" : "";
		lines.push(`${red}Error: ${error.message}${reset}`);
		if (error.sqlDetails) {
			const { cursorPosition, fileName, functionName, lineNumber } = error.sqlDetails;
			if (cursorPosition !== void 0 && cursorPosition >= 0) lines.push(`Position: ${cursorPosition}`);
			if (fileName || functionName || lineNumber) {
				const details = [];
				if (fileName) details.push(`file: ${fileName}`);
				if (functionName) details.push(`function: ${functionName}`);
				if (lineNumber) details.push(`line: ${lineNumber}`);
				lines.push(`Source: ${details.join(", ")}`);
			}
			if (showQuery && showPosition && cursorPosition !== void 0 && cursorPosition >= 0) {
				let displayQuery = query;
				let adjustedPosition = cursorPosition;
				if (maxQueryLength && query.length > maxQueryLength) {
					const start = Math.max(0, cursorPosition - Math.floor(maxQueryLength / 2));
					const end = Math.min(query.length, start + maxQueryLength);
					displayQuery = (start > 0 ? "..." : "") + query.substring(start, end) + (end < query.length ? "..." : "");
					adjustedPosition = cursorPosition - start + (start > 0 ? 3 : 0);
				}
				lines.push(displayQuery);
				lines.push(" ".repeat(adjustedPosition) + `${yellow}^${reset}`);
			}
		} else if (showQuery) {
			let displayQuery = query;
			if (maxQueryLength && query.length > maxQueryLength) displayQuery = query.substring(0, maxQueryLength) + "...";
			lines.push(`Query: ${displayQuery}`);
		}
		return lines.join("\n");
	}
	const libpg_query_js_1 = __importDefault(require_libpg_query());
	let wasmModule;
	const initPromise = (0, libpg_query_js_1.default)().then((module) => {
		wasmModule = module;
	});
	function ensureLoaded() {
		if (!wasmModule) throw new Error("WASM module not initialized. Call `loadModule()` first.");
	}
	async function loadModule() {
		if (!wasmModule) await initPromise;
	}
	function awaitInit(fn) {
		return (async (...args) => {
			await initPromise;
			return fn(...args);
		});
	}
	function stringToPtr(str) {
		ensureLoaded();
		if (typeof str !== "string") throw new TypeError(`Expected a string, got ${typeof str}`);
		const len = wasmModule.lengthBytesUTF8(str) + 1;
		const ptr = wasmModule._malloc(len);
		try {
			wasmModule.stringToUTF8(str, ptr, len);
			return ptr;
		} catch (error) {
			wasmModule._free(ptr);
			throw error;
		}
	}
	function ptrToString(ptr) {
		ensureLoaded();
		if (typeof ptr !== "number") throw new TypeError(`Expected a number, got ${typeof ptr}`);
		return wasmModule.UTF8ToString(ptr);
	}
	exports.parse = awaitInit(async (query) => {
		if (query === null || query === void 0) throw new Error("Query cannot be null or undefined");
		if (query === "") throw new Error("Query cannot be empty");
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_parse_query_raw(queryPtr);
			if (!resultPtr) throw new Error("Failed to parse query: memory allocation failed");
			const parseTreePtr = wasmModule.getValue(resultPtr, "i32");
			wasmModule.getValue(resultPtr + 4, "i32");
			const errorPtr = wasmModule.getValue(resultPtr + 8, "i32");
			if (errorPtr) {
				const messagePtr = wasmModule.getValue(errorPtr, "i32");
				const funcnamePtr = wasmModule.getValue(errorPtr + 4, "i32");
				const filenamePtr = wasmModule.getValue(errorPtr + 8, "i32");
				const lineno = wasmModule.getValue(errorPtr + 12, "i32");
				const cursorpos = wasmModule.getValue(errorPtr + 16, "i32");
				const message = messagePtr ? wasmModule.UTF8ToString(messagePtr) : "Unknown error";
				const funcname = funcnamePtr ? wasmModule.UTF8ToString(funcnamePtr) : void 0;
				const filename = filenamePtr ? wasmModule.UTF8ToString(filenamePtr) : void 0;
				throw new SqlError(message, {
					message,
					cursorPosition: cursorpos > 0 ? cursorpos - 1 : 0,
					fileName: filename,
					functionName: funcname,
					lineNumber: lineno > 0 ? lineno : void 0
				});
			}
			if (!parseTreePtr) throw new Error("No parse tree generated");
			const parseTreeStr = wasmModule.UTF8ToString(parseTreePtr);
			return JSON.parse(parseTreeStr);
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_parse_result(resultPtr);
		}
	});
	exports.parsePlPgSQL = awaitInit(async (query) => {
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_parse_plpgsql(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (!resultStr.startsWith("{")) throw new Error(resultStr);
			return JSON.parse(resultStr);
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	});
	exports.fingerprint = awaitInit(async (query) => {
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_fingerprint(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) throw new Error(resultStr);
			return resultStr;
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	});
	exports.normalize = awaitInit(async (query) => {
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_normalize_query(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) throw new Error(resultStr);
			return resultStr;
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	});
	function parseSync(query) {
		if (!wasmModule) throw new Error("WASM module not initialized. Call loadModule() first.");
		if (query === null || query === void 0) throw new Error("Query cannot be null or undefined");
		if (query === "") throw new Error("Query cannot be empty");
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_parse_query_raw(queryPtr);
			if (!resultPtr) throw new Error("Failed to parse query: memory allocation failed");
			const parseTreePtr = wasmModule.getValue(resultPtr, "i32");
			wasmModule.getValue(resultPtr + 4, "i32");
			const errorPtr = wasmModule.getValue(resultPtr + 8, "i32");
			if (errorPtr) {
				const messagePtr = wasmModule.getValue(errorPtr, "i32");
				const funcnamePtr = wasmModule.getValue(errorPtr + 4, "i32");
				const filenamePtr = wasmModule.getValue(errorPtr + 8, "i32");
				const lineno = wasmModule.getValue(errorPtr + 12, "i32");
				const cursorpos = wasmModule.getValue(errorPtr + 16, "i32");
				const message = messagePtr ? wasmModule.UTF8ToString(messagePtr) : "Unknown error";
				const funcname = funcnamePtr ? wasmModule.UTF8ToString(funcnamePtr) : void 0;
				const filename = filenamePtr ? wasmModule.UTF8ToString(filenamePtr) : void 0;
				throw new SqlError(message, {
					message,
					cursorPosition: cursorpos > 0 ? cursorpos - 1 : 0,
					fileName: filename,
					functionName: funcname,
					lineNumber: lineno > 0 ? lineno : void 0
				});
			}
			if (!parseTreePtr) throw new Error("No parse tree generated");
			const parseTreeStr = wasmModule.UTF8ToString(parseTreePtr);
			return JSON.parse(parseTreeStr);
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_parse_result(resultPtr);
		}
	}
	function parsePlPgSQLSync(query) {
		if (!wasmModule) throw new Error("WASM module not initialized. Call loadModule() first.");
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_parse_plpgsql(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (!resultStr.startsWith("{")) throw new Error(resultStr);
			return JSON.parse(resultStr);
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	}
	function fingerprintSync(query) {
		if (!wasmModule) throw new Error("WASM module not initialized. Call loadModule() first.");
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_fingerprint(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) throw new Error(resultStr);
			return resultStr;
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	}
	function normalizeSync(query) {
		if (!wasmModule) throw new Error("WASM module not initialized. Call loadModule() first.");
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_normalize_query(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) throw new Error(resultStr);
			return resultStr;
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	}
	exports.scan = awaitInit(async (query) => {
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_scan(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) throw new Error(resultStr);
			return JSON.parse(resultStr);
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	});
	function scanSync(query) {
		if (!wasmModule) throw new Error("WASM module not initialized. Call loadModule() first.");
		const queryPtr = stringToPtr(query);
		let resultPtr = 0;
		try {
			resultPtr = wasmModule._wasm_scan(queryPtr);
			const resultStr = ptrToString(resultPtr);
			if (resultStr.startsWith("syntax error") || resultStr.startsWith("deparse error") || resultStr.startsWith("ERROR")) throw new Error(resultStr);
			return JSON.parse(resultStr);
		} finally {
			wasmModule._free(queryPtr);
			if (resultPtr) wasmModule._wasm_free_string(resultPtr);
		}
	}
}));
// src/sql/scan-cost.ts
var import_wasm = require_wasm();
/**
* PostgreSQL's scanner reads a run of operator characters to its end for each comment or sign that begins in it, and then
* takes a few of them only: 100,000 nested comments cost it minutes, in which no cancellation reaches it. The parser here
* has the same scanner, much slower.
*/
const run = /[~!@#^&|`?+\-*/%<>=]{16,}/g;
/**
* How many characters the scanner reads again and again, and where they pass a limit.
*
* @returns offset of the run of operator characters by which there are more than `limit`; null: there are not
*/
function costlyRun(sql, limit) {
	let cost = 0;
	for (const { 0: text, index } of sql.matchAll(run)) {
		cost += text.length * beginningsIn(text);
		if (cost > limit) return index;
	}
	return null;
}
/** Comments that begin within a run, and signs, each of which may be an operator of its own where no line comment has them. */
function beginningsIn(text) {
	const signs = !text.startsWith("--");
	let count = 0;
	for (let at = 0; at < text.length; at += 1) {
		const character = text[at];
		if (character === "/" ? text[at + 1] === "*" : signs && (character === "+" || character === "-")) count += 1;
	}
	return count;
}
// src/sql/parse.ts
/** Must have been awaited once before anything else here is called: the parser is WebAssembly. */
const loadParser = import_wasm.loadModule;
/** Parses a file with PostgreSQL's own grammar (libpg_query). Never throws for SQL it cannot read. */
function parseFile(sql) {
	if (sql.trim() === "") return {
		statements: [],
		error: null
	};
	const toIndex = byteOffsets(sql);
	const lines = lineFinder(sql);
	try {
		const parsed = (0, import_wasm.parseSync)(readable(sql)).stmts ?? [];
		const tokens = (0, import_wasm.scanSync)(readable(sql)).tokens.filter((token) => !isComment(token.tokenName));
		let next = 0;
		return {
			statements: parsed.flatMap(({ stmt, stmt_location = 0, stmt_len = 0 }) => {
				if (stmt === void 0) return [];
				while (next < tokens.length && (tokens[next]?.start ?? 0) < stmt_location) next += 1;
				const start = toIndex(tokens[next]?.start ?? stmt_location);
				const until = stmt_len === 0 ? Number.POSITIVE_INFINITY : stmt_location + stmt_len;
				let last = next;
				while (last + 1 < tokens.length && (tokens[last + 1]?.end ?? 0) <= until) last += 1;
				while (last > next && tokens[last]?.tokenName === "ASCII_59") last -= 1;
				const end = toIndex(tokens[last]?.end ?? stmt_location + stmt_len);
				next = last + 1;
				return [{
					node: stmt,
					start,
					end,
					line: lines(start).line,
					endLine: lines(Math.max(start, end - 1)).line,
					sql: sql.slice(start, end)
				}];
			}),
			error: null
		};
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const position = (0, import_wasm.hasSqlDetails)(error) ? error.sqlDetails?.cursorPosition ?? 0 : 0;
		return {
			statements: [],
			error: {
				message: error.message,
				...lines(unitsOf(sql, position))
			}
		};
	}
}
/** Every comment of a text, in order; none where the scanner cannot read it. */
function commentsOf(sql) {
	if (!sql.includes("--") && !sql.includes("/*")) return [];
	const toIndex = byteOffsets(sql);
	const lines = lineFinder(sql);
	try {
		return (0, import_wasm.scanSync)(readable(sql)).tokens.filter((token) => isComment(token.tokenName)).map((token) => {
			const start = toIndex(token.start);
			const end = toIndex(token.end);
			return {
				start,
				end,
				line: lines(start).line,
				text: sql.slice(start, end)
			};
		});
	} catch {
		return [];
	}
}
/** Two texts that parse to the same statements: white space, comments and spelling aside. */
function sameStatements(left, right) {
	try {
		if (readable(left) !== left || readable(right) !== right) return left === right;
		const [a, b] = [left, right].map((sql) => JSON.stringify((0, import_wasm.parseSync)(sql).stmts ?? [], withoutLocations));
		return a === b;
	} catch {
		return false;
	}
}
/** The statements of two texts that only one of them has, however often; null where one cannot be read. */
function differingStatements(left, right) {
	try {
		if (readable(left) !== left || readable(right) !== right) return null;
		const [a = [], b = []] = [left, right].map((sql) => (sql.trim() === "" ? [] : (0, import_wasm.parseSync)(sql).stmts ?? []).flatMap(({ stmt }) => stmt === void 0 ? [] : [stmt]));
		return [...without(a, b), ...without(b, a)];
	} catch {
		return null;
	}
}
function without(some, others) {
	const counts = /* @__PURE__ */ new Map();
	const keyOf = (node) => JSON.stringify(node, withoutLocations);
	for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1);
	return some.filter((node) => {
		const left = counts.get(keyOf(node)) ?? 0;
		counts.set(keyOf(node), left - 1);
		return left <= 0;
	});
}
/** Line and column, both 1-based, of an offset. */
function lineFinder(text) {
	const starts = [0];
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return (offset) => {
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const middle = low + high + 1 >> 1;
			if ((starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return {
			line: low + 1,
			column: offset - (starts[low] ?? 0) + 1
		};
	};
}
/**
* The parser hands its tree over as JSON in which it leaves control characters as they are, which nothing can
* read. They are taken for spaces of the same length: in a literal the tree then has a space for one, outside
* of literals the server refuses most of them anyway, and it gets the file as it is.
*/
function readable(sql) {
	if (costlyRun(sql, READABLE_COST) !== null) throw new Error("more comments or signs in a row than are read here");
	return sql.replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g, " ");
}
/** A second or two, in which nothing can end the parser: it runs in this very thread. */
const READABLE_COST = 2e7;
const isComment = (tokenName) => tokenName === "SQL_COMMENT" || tokenName === "C_COMMENT";
const locationKeys = /* @__PURE__ */ new Set([
	"location",
	"stmt_location",
	"stmt_len",
	"name_location",
	"list_start",
	"list_end",
	"rexpr_list_start",
	"rexpr_list_end"
]);
const withoutLocations = (key, value) => locationKeys.has(key) ? void 0 : value;
/** UTF-16 units of the first so many characters. */
function unitsOf(text, characters) {
	let units = 0;
	for (let seen = 0; seen < characters && units < text.length; seen += 1) units += (text.codePointAt(units) ?? 0) > 65535 ? 2 : 1;
	return units;
}
/** libpg_query counts UTF-8 bytes; JavaScript strings count UTF-16 units. */
function byteOffsets(text) {
	const bytes = Buffer.from(text, "utf8");
	if (bytes.length === text.length) return (byte) => Math.min(byte, text.length);
	let atByte = 0;
	let atIndex = 0;
	return (byte) => {
		if (byte < atByte) {
			atByte = 0;
			atIndex = 0;
		}
		atIndex += bytes.subarray(atByte, byte).toString("utf8").length;
		atByte = byte;
		return atIndex;
	};
}
// node_modules/@pgsql/quotes/kwlist.js
var require_kwlist = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Generated from PostgreSQL kwlist.h
	* DO NOT EDIT BY HAND.
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.TYPE_FUNC_NAME_KEYWORDS = exports.COL_NAME_KEYWORDS = exports.UNRESERVED_KEYWORDS = exports.RESERVED_KEYWORDS = exports.kwlist = void 0;
	exports.keywordKindOf = keywordKindOf;
	exports.kwlist = {
		UNRESERVED_KEYWORD: [
			"abort",
			"absent",
			"absolute",
			"access",
			"action",
			"add",
			"admin",
			"after",
			"aggregate",
			"also",
			"alter",
			"always",
			"asensitive",
			"assertion",
			"assignment",
			"at",
			"atomic",
			"attach",
			"attribute",
			"backward",
			"before",
			"begin",
			"breadth",
			"by",
			"cache",
			"call",
			"called",
			"cascade",
			"cascaded",
			"catalog",
			"chain",
			"characteristics",
			"checkpoint",
			"class",
			"close",
			"cluster",
			"columns",
			"comment",
			"comments",
			"commit",
			"committed",
			"compression",
			"conditional",
			"configuration",
			"conflict",
			"connection",
			"constraints",
			"content",
			"continue",
			"conversion",
			"copy",
			"cost",
			"csv",
			"cube",
			"current",
			"cursor",
			"cycle",
			"data",
			"database",
			"day",
			"deallocate",
			"declare",
			"defaults",
			"deferred",
			"definer",
			"delete",
			"delimiter",
			"delimiters",
			"depends",
			"depth",
			"detach",
			"dictionary",
			"disable",
			"discard",
			"document",
			"domain",
			"double",
			"drop",
			"each",
			"empty",
			"enable",
			"encoding",
			"encrypted",
			"enforced",
			"enum",
			"error",
			"escape",
			"event",
			"exclude",
			"excluding",
			"exclusive",
			"execute",
			"explain",
			"expression",
			"extension",
			"external",
			"family",
			"filter",
			"finalize",
			"first",
			"following",
			"force",
			"format",
			"forward",
			"function",
			"functions",
			"generated",
			"global",
			"granted",
			"groups",
			"handler",
			"header",
			"hold",
			"hour",
			"identity",
			"if",
			"immediate",
			"immutable",
			"implicit",
			"import",
			"include",
			"including",
			"increment",
			"indent",
			"index",
			"indexes",
			"inherit",
			"inherits",
			"inline",
			"input",
			"insensitive",
			"insert",
			"instead",
			"invoker",
			"isolation",
			"keep",
			"key",
			"keys",
			"label",
			"language",
			"large",
			"last",
			"leakproof",
			"level",
			"listen",
			"load",
			"local",
			"location",
			"lock",
			"locked",
			"logged",
			"mapping",
			"match",
			"matched",
			"materialized",
			"maxvalue",
			"merge",
			"method",
			"minute",
			"minvalue",
			"mode",
			"month",
			"move",
			"name",
			"names",
			"nested",
			"new",
			"next",
			"nfc",
			"nfd",
			"nfkc",
			"nfkd",
			"no",
			"normalized",
			"nothing",
			"notify",
			"nowait",
			"nulls",
			"object",
			"objects",
			"of",
			"off",
			"oids",
			"old",
			"omit",
			"operator",
			"option",
			"options",
			"ordinality",
			"others",
			"over",
			"overriding",
			"owned",
			"owner",
			"parallel",
			"parameter",
			"parser",
			"partial",
			"partition",
			"passing",
			"password",
			"path",
			"period",
			"plan",
			"plans",
			"policy",
			"preceding",
			"prepare",
			"prepared",
			"preserve",
			"prior",
			"privileges",
			"procedural",
			"procedure",
			"procedures",
			"program",
			"publication",
			"quote",
			"quotes",
			"range",
			"read",
			"reassign",
			"recursive",
			"ref",
			"referencing",
			"refresh",
			"reindex",
			"relative",
			"release",
			"rename",
			"repeatable",
			"replace",
			"replica",
			"reset",
			"restart",
			"restrict",
			"return",
			"returns",
			"revoke",
			"role",
			"rollback",
			"rollup",
			"routine",
			"routines",
			"rows",
			"rule",
			"savepoint",
			"scalar",
			"schema",
			"schemas",
			"scroll",
			"search",
			"second",
			"security",
			"sequence",
			"sequences",
			"serializable",
			"server",
			"session",
			"set",
			"sets",
			"share",
			"show",
			"simple",
			"skip",
			"snapshot",
			"source",
			"sql",
			"stable",
			"standalone",
			"start",
			"statement",
			"statistics",
			"stdin",
			"stdout",
			"storage",
			"stored",
			"strict",
			"string",
			"strip",
			"subscription",
			"support",
			"sysid",
			"system",
			"tables",
			"tablespace",
			"target",
			"temp",
			"template",
			"temporary",
			"text",
			"ties",
			"transaction",
			"transform",
			"trigger",
			"truncate",
			"trusted",
			"type",
			"types",
			"uescape",
			"unbounded",
			"uncommitted",
			"unconditional",
			"unencrypted",
			"unknown",
			"unlisten",
			"unlogged",
			"until",
			"update",
			"vacuum",
			"valid",
			"validate",
			"validator",
			"value",
			"varying",
			"version",
			"view",
			"views",
			"virtual",
			"volatile",
			"whitespace",
			"within",
			"without",
			"work",
			"wrapper",
			"write",
			"xml",
			"year",
			"yes",
			"zone"
		],
		RESERVED_KEYWORD: [
			"all",
			"analyse",
			"analyze",
			"and",
			"any",
			"array",
			"as",
			"asc",
			"asymmetric",
			"both",
			"case",
			"cast",
			"check",
			"collate",
			"column",
			"constraint",
			"create",
			"current_catalog",
			"current_date",
			"current_role",
			"current_time",
			"current_timestamp",
			"current_user",
			"default",
			"deferrable",
			"desc",
			"distinct",
			"do",
			"else",
			"end",
			"except",
			"false",
			"fetch",
			"for",
			"foreign",
			"from",
			"grant",
			"group",
			"having",
			"in",
			"initially",
			"intersect",
			"into",
			"lateral",
			"leading",
			"limit",
			"localtime",
			"localtimestamp",
			"not",
			"null",
			"offset",
			"on",
			"only",
			"or",
			"order",
			"placing",
			"primary",
			"references",
			"returning",
			"select",
			"session_user",
			"some",
			"symmetric",
			"system_user",
			"table",
			"then",
			"to",
			"trailing",
			"true",
			"union",
			"unique",
			"user",
			"using",
			"variadic",
			"when",
			"where",
			"window",
			"with"
		],
		TYPE_FUNC_NAME_KEYWORD: [
			"authorization",
			"binary",
			"collation",
			"concurrently",
			"cross",
			"current_schema",
			"freeze",
			"full",
			"ilike",
			"inner",
			"is",
			"isnull",
			"join",
			"left",
			"like",
			"natural",
			"notnull",
			"outer",
			"overlaps",
			"right",
			"similar",
			"tablesample",
			"verbose"
		],
		COL_NAME_KEYWORD: [
			"between",
			"bigint",
			"bit",
			"boolean",
			"char",
			"character",
			"coalesce",
			"dec",
			"decimal",
			"exists",
			"extract",
			"float",
			"greatest",
			"grouping",
			"inout",
			"int",
			"integer",
			"interval",
			"json",
			"json_array",
			"json_arrayagg",
			"json_exists",
			"json_object",
			"json_objectagg",
			"json_query",
			"json_scalar",
			"json_serialize",
			"json_table",
			"json_value",
			"least",
			"merge_action",
			"national",
			"nchar",
			"none",
			"normalize",
			"nullif",
			"numeric",
			"out",
			"overlay",
			"position",
			"precision",
			"real",
			"row",
			"setof",
			"smallint",
			"substring",
			"time",
			"timestamp",
			"treat",
			"trim",
			"values",
			"varchar",
			"xmlattributes",
			"xmlconcat",
			"xmlelement",
			"xmlexists",
			"xmlforest",
			"xmlnamespaces",
			"xmlparse",
			"xmlpi",
			"xmlroot",
			"xmlserialize",
			"xmltable"
		]
	};
	exports.RESERVED_KEYWORDS = new Set(exports.kwlist.RESERVED_KEYWORD ?? []);
	exports.UNRESERVED_KEYWORDS = new Set(exports.kwlist.UNRESERVED_KEYWORD ?? []);
	exports.COL_NAME_KEYWORDS = new Set(exports.kwlist.COL_NAME_KEYWORD ?? []);
	exports.TYPE_FUNC_NAME_KEYWORDS = new Set(exports.kwlist.TYPE_FUNC_NAME_KEYWORD ?? []);
	function keywordKindOf(word) {
		const w = word.toLowerCase();
		if (exports.RESERVED_KEYWORDS.has(w)) return "RESERVED_KEYWORD";
		if (exports.TYPE_FUNC_NAME_KEYWORDS.has(w)) return "TYPE_FUNC_NAME_KEYWORD";
		if (exports.COL_NAME_KEYWORDS.has(w)) return "COL_NAME_KEYWORD";
		if (exports.UNRESERVED_KEYWORDS.has(w)) return "UNRESERVED_KEYWORD";
		return "NO_KEYWORD";
	}
}));
// node_modules/@pgsql/quotes/quote-utils.js
var require_quote_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.QuoteUtils = void 0;
	const kwlist_1 = require_kwlist();
	exports.QuoteUtils = class QuoteUtils {
		static escape(literal) {
			return `'${literal.replace(/'/g, "''")}'`;
		}
		/**
		* Escapes a string value for use in E-prefixed string literals
		* Handles both backslashes and single quotes properly
		*/
		static escapeEString(value) {
			return value.replace(/\\/g, "\\\\").replace(/'/g, "''");
		}
		/**
		* Formats a string as an E-prefixed string literal with proper escaping
		* This wraps the complete E-prefix logic including detection and formatting
		*/
		static formatEString(value) {
			if (QuoteUtils.needsEscapePrefix(value)) return `E'${QuoteUtils.escapeEString(value)}'`;
			else return QuoteUtils.escape(value);
		}
		/**
		* Determines if a string value needs E-prefix for escaped string literals
		* Detects backslash escape sequences that require E-prefix in PostgreSQL
		*/
		static needsEscapePrefix(value) {
			return !/^\\x[0-9a-fA-F]+$/i.test(value) && value.includes("\\");
		}
		/**
		* Quote an identifier only if needed
		*
		* This is a TypeScript port of PostgreSQL's quote_identifier() function from ruleutils.c
		* https://github.com/postgres/postgres/blob/fab5cd3dd1323f9e66efeb676c4bb212ff340204/src/backend/utils/adt/ruleutils.c#L13055-L13137
		*
		* Can avoid quoting if ident starts with a lowercase letter or underscore
		* and contains only lowercase letters, digits, and underscores, *and* is
		* not any SQL keyword. Otherwise, supply quotes.
		*
		* When quotes are needed, embedded double quotes are properly escaped as "".
		*/
		static quoteIdentifier(ident) {
			if (!ident) return ident;
			let safe = true;
			const firstChar = ident[0];
			if (!(firstChar >= "a" && firstChar <= "z" || firstChar === "_")) safe = false;
			for (let i = 0; i < ident.length; i++) {
				const ch = ident[i];
				if (ch >= "a" && ch <= "z" || ch >= "0" && ch <= "9" || ch === "_") {} else safe = false;
			}
			if (safe) {
				const kwKind = (0, kwlist_1.keywordKindOf)(ident);
				if (kwKind !== "NO_KEYWORD" && kwKind !== "UNRESERVED_KEYWORD") safe = false;
			}
			if (safe) return ident;
			let result = "\"";
			for (let i = 0; i < ident.length; i++) {
				const ch = ident[i];
				if (ch === "\"") result += "\"";
				result += ch;
			}
			result += "\"";
			return result;
		}
		/**
		* Quote an identifier that appears after a dot in a qualified name.
		*
		* In PostgreSQL's grammar, identifiers that appear after a dot (e.g., schema.name,
		* table.column) are in a more permissive position that accepts all keyword categories
		* including RESERVED_KEYWORD. This means we only need to quote for lexical reasons
		* (uppercase, special characters, leading digits) not for keyword reasons.
		*
		* Empirically verified: `myschema.select`, `myschema.float`, `t.from` all parse
		* successfully in PostgreSQL without quotes.
		*/
		static quoteIdentifierAfterDot(ident) {
			if (!ident) return ident;
			let safe = true;
			const firstChar = ident[0];
			if (!(firstChar >= "a" && firstChar <= "z" || firstChar === "_")) safe = false;
			for (let i = 0; i < ident.length; i++) {
				const ch = ident[i];
				if (ch >= "a" && ch <= "z" || ch >= "0" && ch <= "9" || ch === "_") {} else safe = false;
			}
			if (safe) return ident;
			let result = "\"";
			for (let i = 0; i < ident.length; i++) {
				const ch = ident[i];
				if (ch === "\"") result += "\"";
				result += ch;
			}
			result += "\"";
			return result;
		}
		/**
		* Quote a dotted name (e.g., schema.table, catalog.schema.table).
		*
		* The first part uses strict quoting (keywords are quoted), while subsequent
		* parts use relaxed quoting (keywords allowed, only quote for lexical reasons).
		*
		* This reflects PostgreSQL's grammar where the first identifier in a statement
		* may conflict with keywords, but identifiers after a dot are in a more
		* permissive position.
		*/
		static quoteDottedName(parts) {
			if (!parts || parts.length === 0) return "";
			if (parts.length === 1) return QuoteUtils.quoteIdentifier(parts[0]);
			return parts.map((part, index) => index === 0 ? QuoteUtils.quoteIdentifier(part) : QuoteUtils.quoteIdentifierAfterDot(part)).join(".");
		}
		/**
		* Quote a possibly-qualified identifier
		*
		* This is inspired by PostgreSQL's quote_qualified_identifier() function from ruleutils.c
		* but uses relaxed quoting for the tail component since PostgreSQL's grammar accepts
		* all keywords in qualified name positions.
		*
		* Return a name of the form qualifier.ident, or just ident if qualifier
		* is null/undefined, quoting each component if necessary.
		*/
		static quoteQualifiedIdentifier(qualifier, ident) {
			if (qualifier) return `${QuoteUtils.quoteIdentifier(qualifier)}.${QuoteUtils.quoteIdentifierAfterDot(ident)}`;
			return QuoteUtils.quoteIdentifier(ident);
		}
		/**
		* Quote an identifier that appears as a type name.
		*
		* Type names in PostgreSQL have a less strict quoting policy than standalone identifiers.
		* In type positions, COL_NAME_KEYWORD and TYPE_FUNC_NAME_KEYWORD are allowed unquoted
		* (e.g., 'json', 'int', 'boolean', 'interval'). Only RESERVED_KEYWORD must be quoted.
		*
		* This is different from:
		* - quoteIdentifier(): quotes all keywords except UNRESERVED_KEYWORD
		* - quoteIdentifierAfterDot(): only quotes for lexical reasons (no keyword checking)
		*
		* Type names still need quoting for lexical reasons (uppercase, special chars, etc.).
		*/
		static quoteIdentifierTypeName(ident) {
			if (!ident) return ident;
			let safe = true;
			const firstChar = ident[0];
			if (!(firstChar >= "a" && firstChar <= "z" || firstChar === "_")) safe = false;
			for (let i = 0; i < ident.length; i++) {
				const ch = ident[i];
				if (ch >= "a" && ch <= "z" || ch >= "0" && ch <= "9" || ch === "_") {} else safe = false;
			}
			if (safe) {
				if ((0, kwlist_1.keywordKindOf)(ident) === "RESERVED_KEYWORD") safe = false;
			}
			if (safe) return ident;
			let result = "\"";
			for (let i = 0; i < ident.length; i++) {
				const ch = ident[i];
				if (ch === "\"") result += "\"";
				result += ch;
			}
			result += "\"";
			return result;
		}
		/**
		* Quote a dotted type name (e.g., schema.typename).
		*
		* For type names, we use type-name quoting for all parts since the entire
		* qualified name is in a type context. This allows keywords like 'json',
		* 'int', 'boolean' to remain unquoted in user-defined schema-qualified types.
		*/
		static quoteTypeDottedName(parts) {
			if (!parts || parts.length === 0) return "";
			return parts.map((part) => QuoteUtils.quoteIdentifierTypeName(part)).join(".");
		}
	};
}));
// node_modules/@pgsql/quotes/index.js
var require_quotes = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.QuoteUtils = exports.UNRESERVED_KEYWORDS = exports.TYPE_FUNC_NAME_KEYWORDS = exports.RESERVED_KEYWORDS = exports.kwlist = exports.keywordKindOf = exports.COL_NAME_KEYWORDS = void 0;
	var kwlist_1 = require_kwlist();
	Object.defineProperty(exports, "COL_NAME_KEYWORDS", {
		enumerable: true,
		get: function() {
			return kwlist_1.COL_NAME_KEYWORDS;
		}
	});
	Object.defineProperty(exports, "keywordKindOf", {
		enumerable: true,
		get: function() {
			return kwlist_1.keywordKindOf;
		}
	});
	Object.defineProperty(exports, "kwlist", {
		enumerable: true,
		get: function() {
			return kwlist_1.kwlist;
		}
	});
	Object.defineProperty(exports, "RESERVED_KEYWORDS", {
		enumerable: true,
		get: function() {
			return kwlist_1.RESERVED_KEYWORDS;
		}
	});
	Object.defineProperty(exports, "TYPE_FUNC_NAME_KEYWORDS", {
		enumerable: true,
		get: function() {
			return kwlist_1.TYPE_FUNC_NAME_KEYWORDS;
		}
	});
	Object.defineProperty(exports, "UNRESERVED_KEYWORDS", {
		enumerable: true,
		get: function() {
			return kwlist_1.UNRESERVED_KEYWORDS;
		}
	});
	var quote_utils_1 = require_quote_utils();
	Object.defineProperty(exports, "QuoteUtils", {
		enumerable: true,
		get: function() {
			return quote_utils_1.QuoteUtils;
		}
	});
}));
// node_modules/pgsql-deparser/utils/list-utils.js
var require_list_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.ListUtils = void 0;
	var ListUtils = class {
		static unwrapList(obj) {
			if (obj === void 0 || obj === null) return [];
			if (obj.List !== void 0) return obj.List.items || [];
			if (Array.isArray(obj)) return obj;
			return [obj];
		}
		static formatList(items, separator = ", ", prefix = "", formatter) {
			if (!items || items.length === 0) return "";
			return items.map((item) => `${prefix}${formatter(item)}`).join(separator);
		}
	};
	exports.ListUtils = ListUtils;
}));
// node_modules/pgsql-deparser/utils/sql-formatter.js
var require_sql_formatter = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.SqlFormatter = void 0;
	var SqlFormatter = class {
		newlineChar;
		tabChar;
		prettyMode;
		constructor(newlineChar = "\n", tabChar = "  ", prettyMode = true) {
			this.newlineChar = newlineChar;
			this.tabChar = tabChar;
			this.prettyMode = prettyMode;
		}
		format(parts, separator = " ") {
			return parts.filter((part) => part !== null && part !== void 0 && part !== "").join(separator);
		}
		indent(text, count = 1) {
			if (!this.prettyMode) return text;
			const indentation = this.tabChar.repeat(count);
			return text.split(this.newlineChar).map((line) => line.trim() ? indentation + line : line).join(this.newlineChar);
		}
		parens(content) {
			return `(${content})`;
		}
		newline() {
			return this.newlineChar;
		}
		tab() {
			return this.tabChar;
		}
		isPretty() {
			return this.prettyMode;
		}
	};
	exports.SqlFormatter = SqlFormatter;
}));
// node_modules/pgsql-deparser/visitors/base.js
var require_base = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.BaseVisitor = exports.DeparserContext = void 0;
	const sql_formatter_1 = require_sql_formatter();
	exports.DeparserContext = class DeparserContext {
		indentLevel;
		prettyMode;
		isStringLiteral;
		parentNodeTypes;
		formatter;
		select;
		from;
		group;
		sort;
		insertColumns;
		update;
		bool;
		isColumnConstraint;
		isDomainConstraint;
		alterColumnOptions;
		alterTableOptions;
		isEnumValue;
		objtype;
		subtype;
		constructor({ indentLevel = 0, prettyMode = true, isStringLiteral, parentNodeTypes = [], formatter, select, from, group, sort, insertColumns, update, bool, isColumnConstraint, isDomainConstraint, alterColumnOptions, alterTableOptions, isEnumValue, objtype, subtype, ...rest } = {}) {
			this.indentLevel = indentLevel;
			this.prettyMode = prettyMode;
			this.isStringLiteral = isStringLiteral;
			this.parentNodeTypes = parentNodeTypes;
			this.formatter = formatter || new sql_formatter_1.SqlFormatter("\n", "  ", prettyMode);
			this.select = select;
			this.from = from;
			this.group = group;
			this.sort = sort;
			this.insertColumns = insertColumns;
			this.update = update;
			this.bool = bool;
			this.isColumnConstraint = isColumnConstraint;
			this.isDomainConstraint = isDomainConstraint;
			this.alterColumnOptions = alterColumnOptions;
			this.alterTableOptions = alterTableOptions;
			this.isEnumValue = isEnumValue;
			this.objtype = objtype;
			this.subtype = subtype;
			Object.assign(this, rest);
		}
		spawn(nodeType, overrides = {}) {
			return new DeparserContext({
				indentLevel: this.indentLevel,
				prettyMode: this.prettyMode,
				isStringLiteral: this.isStringLiteral,
				parentNodeTypes: [...this.parentNodeTypes, nodeType],
				formatter: this.formatter,
				select: this.select,
				from: this.from,
				group: this.group,
				sort: this.sort,
				insertColumns: this.insertColumns,
				update: this.update,
				bool: this.bool,
				isColumnConstraint: this.isColumnConstraint,
				isDomainConstraint: this.isDomainConstraint,
				alterColumnOptions: this.alterColumnOptions,
				alterTableOptions: this.alterTableOptions,
				isEnumValue: this.isEnumValue,
				objtype: this.objtype,
				subtype: this.subtype,
				...overrides
			});
		}
		indent(text, count) {
			if (!this.prettyMode) return text;
			const indentCount = count !== void 0 ? count : this.indentLevel + 1;
			return this.formatter.indent(text, indentCount);
		}
		newline() {
			return this.formatter.newline();
		}
		parens(content) {
			return this.formatter.parens(content);
		}
		format(parts, separator) {
			return this.formatter.format(parts, separator);
		}
		isPretty() {
			return this.formatter.isPretty();
		}
	};
	var BaseVisitor = class {
		getNodeType(node) {
			return Object.keys(node)[0];
		}
		getNodeData(node) {
			return node[this.getNodeType(node)];
		}
		formatList(items, separator = ", ", prefix = "", formatter) {
			if (!items || items.length === 0) return "";
			return items.map((item) => `${prefix}${formatter(item)}`).join(separator);
		}
		formatParts(parts, separator = " ") {
			return parts.filter((part) => part !== null && part !== void 0 && part !== "").join(separator);
		}
		formatParens(content) {
			return `(${content})`;
		}
		formatIndent(text, count = 1) {
			return text;
		}
	};
	exports.BaseVisitor = BaseVisitor;
}));
// node_modules/pgsql-deparser/deparser.js
var require_deparser = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Deparser = void 0;
	const quotes_1 = require_quotes();
	const list_utils_1 = require_list_utils();
	const sql_formatter_1 = require_sql_formatter();
	const base_1 = require_base();
	const FRAMEOPTION_NONDEFAULT = 1;
	const FRAMEOPTION_RANGE = 2;
	const FRAMEOPTION_ROWS = 4;
	const FRAMEOPTION_GROUPS = 8;
	const FRAMEOPTION_BETWEEN = 16;
	const FRAMEOPTION_START_UNBOUNDED_PRECEDING = 32;
	const FRAMEOPTION_END_UNBOUNDED_PRECEDING = 64;
	const FRAMEOPTION_START_UNBOUNDED_FOLLOWING = 128;
	const FRAMEOPTION_END_UNBOUNDED_FOLLOWING = 256;
	const FRAMEOPTION_START_CURRENT_ROW = 512;
	const FRAMEOPTION_END_CURRENT_ROW = 1024;
	const FRAMEOPTION_START_OFFSET_PRECEDING = 2048;
	const FRAMEOPTION_END_OFFSET_PRECEDING = 4096;
	const FRAMEOPTION_START_OFFSET_FOLLOWING = 8192;
	const FRAMEOPTION_END_OFFSET_FOLLOWING = 16384;
	const FRAMEOPTION_EXCLUDE_CURRENT_ROW = 32768;
	const FRAMEOPTION_EXCLUDE_GROUP = 65536;
	const FRAMEOPTION_EXCLUDE_TIES = 131072;
	/**
	* List of real PostgreSQL built-in types as they appear in pg_catalog.pg_type.typname.
	* These are stored in lowercase in PostgreSQL system catalogs.
	* Use these for lookups, validations, or introspection logic.
	*/
	const pgCatalogTypes = [
		"int2",
		"int4",
		"int8",
		"float4",
		"float8",
		"numeric",
		"varchar",
		"char",
		"bpchar",
		"text",
		"bool",
		"date",
		"time",
		"timetz",
		"timestamp",
		"timestamptz",
		"interval",
		"bytea",
		"uuid",
		"json",
		"jsonb",
		"xml",
		"money",
		"bit",
		"varbit",
		"inet",
		"cidr",
		"macaddr",
		"macaddr8"
	];
	/**
	* Parser-level type aliases accepted by PostgreSQL SQL syntax,
	* but not present in pg_catalog.pg_type. These are resolved to
	* real types during parsing and never appear in introspection.
	*/
	const pgCatalogTypeAliases = [
		["numeric", ["decimal", "dec"]],
		["int4", ["int", "integer"]],
		["float8", ["float"]],
		["bpchar", ["character"]],
		["varchar", ["character varying"]]
	];
	function isParseResult(obj) {
		return obj && typeof obj === "object" && !Array.isArray(obj) && !("ParseResult" in obj) && !("RawStmt" in obj) && ("stmts" in obj || "version" in obj);
	}
	exports.Deparser = class Deparser {
		tree;
		options;
		constructor(tree, opts = {}) {
			this.options = {
				functionDelimiter: "$$",
				functionDelimiterFallback: "$EOFCODE$",
				...opts
			};
			if (isParseResult(tree)) this.tree = [{ ParseResult: tree }];
			else if (Array.isArray(tree)) this.tree = tree;
			else this.tree = [tree];
		}
		/**
		* Static method to deparse PostgreSQL AST nodes to SQL
		* @param query - Can be:
		*   - ParseResult from libpg-query (e.g., { version: 170004, stmts: [...] })
		*   - Wrapped ParseResult node (e.g., { ParseResult: {...} })
		*   - Wrapped RawStmt node (e.g., { RawStmt: {...} })
		*   - Array of Nodes
		*   - Single Node (e.g., { SelectStmt: {...} })
		* @param opts - Deparser options for formatting
		* @returns The deparsed SQL string
		*/
		static deparse(query, opts = {}) {
			return new Deparser(query, opts).deparseQuery();
		}
		deparseQuery() {
			const formatter = new sql_formatter_1.SqlFormatter(this.options.newline, this.options.tab, this.options.pretty);
			const context = new base_1.DeparserContext({
				formatter,
				prettyMode: this.options.pretty
			});
			return this.tree.map((node) => {
				return this.deparse(node, context) || "";
			}).filter((result) => result !== "").join(context.newline() + context.newline());
		}
		/**
		* Get the appropriate function delimiter based on the body content
		* @param body The function body to check
		* @returns The delimiter to use
		*/
		getFunctionDelimiter(body) {
			const delimiter = this.options.functionDelimiter || "$$";
			if (body.includes(delimiter)) return this.options.functionDelimiterFallback || "$EOFCODE$";
			return delimiter;
		}
		/**
		* Maps ObjectType enum values to their corresponding SQL keywords
		* Used by AlterOwnerStmt, AlterObjectSchemaStmt, and other statements that need object type keywords
		*/
		getObjectTypeKeyword(objectType) {
			switch (objectType) {
				case "OBJECT_TABLE": return "TABLE";
				case "OBJECT_VIEW": return "VIEW";
				case "OBJECT_INDEX": return "INDEX";
				case "OBJECT_SEQUENCE": return "SEQUENCE";
				case "OBJECT_FUNCTION": return "FUNCTION";
				case "OBJECT_PROCEDURE": return "PROCEDURE";
				case "OBJECT_SCHEMA": return "SCHEMA";
				case "OBJECT_DATABASE": return "DATABASE";
				case "OBJECT_DOMAIN": return "DOMAIN";
				case "OBJECT_AGGREGATE": return "AGGREGATE";
				case "OBJECT_CONVERSION": return "CONVERSION";
				case "OBJECT_LANGUAGE": return "LANGUAGE";
				case "OBJECT_OPERATOR": return "OPERATOR";
				case "OBJECT_OPFAMILY": return "OPERATOR FAMILY";
				case "OBJECT_OPCLASS": return "OPERATOR CLASS";
				case "OBJECT_TSDICTIONARY": return "TEXT SEARCH DICTIONARY";
				case "OBJECT_TSCONFIGURATION": return "TEXT SEARCH CONFIGURATION";
				case "OBJECT_EVENT_TRIGGER": return "EVENT TRIGGER";
				case "OBJECT_FDW": return "FOREIGN DATA WRAPPER";
				case "OBJECT_FOREIGN_SERVER": return "SERVER";
				case "OBJECT_TYPE": return "TYPE";
				case "OBJECT_COLLATION": return "COLLATION";
				case "OBJECT_PUBLICATION": return "PUBLICATION";
				case "OBJECT_ACCESS_METHOD": return "ACCESS METHOD";
				case "OBJECT_AMOP": return "OPERATOR CLASS";
				case "OBJECT_AMPROC": return "OPERATOR CLASS";
				case "OBJECT_ATTRIBUTE": return "ATTRIBUTE";
				case "OBJECT_CAST": return "CAST";
				case "OBJECT_COLUMN": return "COLUMN";
				case "OBJECT_DEFAULT": return "DEFAULT";
				case "OBJECT_DEFACL": return "DEFAULT PRIVILEGES";
				case "OBJECT_DOMCONSTRAINT": return "DOMAIN";
				case "OBJECT_EXTENSION": return "EXTENSION";
				case "OBJECT_FOREIGN_TABLE": return "FOREIGN TABLE";
				case "OBJECT_LARGEOBJECT": return "LARGE OBJECT";
				case "OBJECT_MATVIEW": return "MATERIALIZED VIEW";
				case "OBJECT_PARAMETER_ACL": return "PARAMETER";
				case "OBJECT_POLICY": return "POLICY";
				case "OBJECT_PUBLICATION_NAMESPACE": return "PUBLICATION";
				case "OBJECT_PUBLICATION_REL": return "PUBLICATION";
				case "OBJECT_ROLE": return "ROLE";
				case "OBJECT_ROUTINE": return "ROUTINE";
				case "OBJECT_RULE": return "RULE";
				case "OBJECT_STATISTIC_EXT": return "STATISTICS";
				case "OBJECT_SUBSCRIPTION": return "SUBSCRIPTION";
				case "OBJECT_TABCONSTRAINT": return "CONSTRAINT";
				case "OBJECT_TABLESPACE": return "TABLESPACE";
				case "OBJECT_TRANSFORM": return "TRANSFORM";
				case "OBJECT_TRIGGER": return "TRIGGER";
				case "OBJECT_TSPARSER": return "TEXT SEARCH PARSER";
				case "OBJECT_TSTEMPLATE": return "TEXT SEARCH TEMPLATE";
				case "OBJECT_USER_MAPPING": return "USER MAPPING";
				default: throw new Error(`Unsupported objectType: ${objectType}`);
			}
		}
		deparse(node, context) {
			if (node == null) return null;
			if (!context) {
				const formatter = new sql_formatter_1.SqlFormatter(this.options.newline, this.options.tab, this.options.pretty);
				context = new base_1.DeparserContext({
					formatter,
					prettyMode: this.options.pretty
				});
			}
			if (typeof node === "number" || node instanceof Number) return node.toString();
			try {
				return this.visit(node, context);
			} catch (error) {
				const nodeType = Object.keys(node)[0];
				throw new Error(`Error deparsing ${nodeType}: ${error.message}`);
			}
		}
		visit(node, context) {
			if (!context) {
				const formatter = new sql_formatter_1.SqlFormatter(this.options.newline, this.options.tab, this.options.pretty);
				context = new base_1.DeparserContext({
					formatter,
					prettyMode: this.options.pretty
				});
			}
			const nodeType = this.getNodeType(node);
			if (!nodeType) return "";
			const nodeData = this.getNodeData(node);
			const methodName = nodeType;
			if (typeof this[methodName] === "function") return this[methodName](nodeData, context);
			throw new Error(`Deparser does not handle node type: ${nodeType}`);
		}
		getNodeType(node) {
			return Object.keys(node)[0];
		}
		getNodeData(node) {
			const keys = Object.keys(node);
			if (keys.length === 1 && typeof node[keys[0]] === "object") return node[keys[0]];
			return node;
		}
		ParseResult(node, context) {
			if (!node.stmts || node.stmts.length === 0) return "";
			return node.stmts.filter((rawStmt) => rawStmt != null).map((rawStmt) => this.RawStmt(rawStmt, context)).filter((result) => result !== "").join(context.newline() + context.newline());
		}
		RawStmt(node, context) {
			if (!node.stmt) return "";
			const deparsedStmt = this.deparse(node.stmt, context);
			if (node.stmt_len) return deparsedStmt + ";";
			return deparsedStmt;
		}
		SelectStmt(node, context) {
			const output = [];
			if (node.withClause) output.push(this.WithClause(node.withClause, context));
			if (!node.op || node.op === "SETOP_NONE") {
				if (node.valuesLists == null) {
					if (!context.isPretty() || !node.targetList) output.push("SELECT");
				}
			} else {
				const leftStmt = this.SelectStmt(node.larg, context);
				const rightStmt = this.SelectStmt(node.rarg, context);
				const leftNeedsParens = node.larg && (node.larg.op && node.larg.op !== "SETOP_NONE" || node.larg.sortClause || node.larg.limitCount || node.larg.limitOffset || node.larg.withClause);
				const rightNeedsParens = node.rarg && (node.rarg.op && node.rarg.op !== "SETOP_NONE" || node.rarg.sortClause || node.rarg.limitCount || node.rarg.limitOffset || node.rarg.withClause);
				if (leftNeedsParens) output.push(context.parens(leftStmt));
				else output.push(leftStmt);
				switch (node.op) {
					case "SETOP_UNION":
						output.push("UNION");
						break;
					case "SETOP_INTERSECT":
						output.push("INTERSECT");
						break;
					case "SETOP_EXCEPT":
						output.push("EXCEPT");
						break;
					default: throw new Error(`Bad SelectStmt op: ${node.op}`);
				}
				if (node.all) output.push("ALL");
				if (rightNeedsParens) output.push(context.parens(rightStmt));
				else output.push(rightStmt);
			}
			let distinctPart = "";
			if (node.distinctClause) {
				const distinctClause = list_utils_1.ListUtils.unwrapList(node.distinctClause);
				if (distinctClause.length > 0 && Object.keys(distinctClause[0]).length > 0) {
					const clause = distinctClause.map((e) => this.visit(e, context.spawn("SelectStmt", { select: true }))).join(", ");
					distinctPart = " DISTINCT ON " + context.parens(clause);
				} else distinctPart = " DISTINCT";
				if (!context.isPretty()) {
					if (distinctClause.length > 0 && Object.keys(distinctClause[0]).length > 0) {
						output.push("DISTINCT ON");
						const clause = distinctClause.map((e) => this.visit(e, context.spawn("SelectStmt", { select: true }))).join(", ");
						output.push(context.parens(clause));
					} else output.push("DISTINCT");
				}
			}
			if (node.targetList) {
				const targetList = list_utils_1.ListUtils.unwrapList(node.targetList);
				if (context.isPretty()) {
					if (targetList.length === 1) {
						const targetNode = targetList[0];
						const target = this.visit(targetNode, context.spawn("SelectStmt", { select: true }));
						if (this.isComplexSelectTarget(targetNode)) {
							output.push("SELECT" + distinctPart);
							if (this.containsMultilineStringLiteral(target)) output.push(target);
							else output.push(context.indent(target));
						} else output.push("SELECT" + distinctPart + " " + target);
					} else {
						const formattedTargets = targetList.map((e) => {
							const targetStr = this.visit(e, context.spawn("SelectStmt", { select: true }));
							if (this.containsMultilineStringLiteral(targetStr)) return targetStr;
							return context.indent(targetStr);
						}).join("," + context.newline());
						output.push("SELECT" + distinctPart);
						output.push(formattedTargets);
					}
				} else {
					const targets = targetList.map((e) => this.visit(e, context.spawn("SelectStmt", { select: true }))).join(", ");
					output.push(targets);
				}
			}
			if (node.intoClause) {
				output.push("INTO");
				output.push(this.IntoClause(node.intoClause, context));
			}
			if (node.fromClause) {
				const fromItems = list_utils_1.ListUtils.unwrapList(node.fromClause).map((e) => this.deparse(e, context.spawn("SelectStmt", { from: true }))).join(", ");
				output.push("FROM " + fromItems.trim());
			}
			if (node.whereClause) {
				if (context.isPretty()) {
					output.push("WHERE");
					const indentedLines = this.visit(node.whereClause, context).split(context.newline()).map((line, index) => {
						if (index === 0) return context.indent(line);
						return line;
					});
					output.push(indentedLines.join(context.newline()));
				} else {
					output.push("WHERE");
					output.push(this.visit(node.whereClause, context));
				}
			}
			if (node.valuesLists) {
				if (context.isPretty()) {
					output.push("VALUES");
					const indentedTuples = list_utils_1.ListUtils.unwrapList(node.valuesLists).map((list) => {
						const values = list_utils_1.ListUtils.unwrapList(list).map((val) => this.visit(val, context));
						return context.parens(values.join(", "));
					}).map((tuple) => {
						if (this.containsMultilineStringLiteral(tuple)) return tuple;
						return context.indent(tuple);
					});
					output.push(indentedTuples.join(",\n"));
				} else {
					output.push("VALUES");
					const lists = list_utils_1.ListUtils.unwrapList(node.valuesLists).map((list) => {
						const values = list_utils_1.ListUtils.unwrapList(list).map((val) => this.visit(val, context));
						return context.parens(values.join(", "));
					});
					output.push(lists.join(", "));
				}
			}
			if (node.groupClause) {
				const groupList = list_utils_1.ListUtils.unwrapList(node.groupClause);
				if (context.isPretty()) {
					const groupItems = groupList.map((e) => {
						const groupStr = this.visit(e, context.spawn("SelectStmt", {
							group: true,
							indentLevel: context.indentLevel + 1
						}));
						if (this.containsMultilineStringLiteral(groupStr)) return groupStr;
						return context.indent(groupStr);
					}).join("," + context.newline());
					output.push("GROUP BY");
					output.push(groupItems);
				} else {
					output.push("GROUP BY");
					const groupItems = groupList.map((e) => this.visit(e, context.spawn("SelectStmt", { group: true }))).join(", ");
					output.push(groupItems);
				}
			}
			if (node.havingClause) {
				if (context.isPretty()) {
					output.push("HAVING");
					const havingStr = this.visit(node.havingClause, context);
					if (this.containsMultilineStringLiteral(havingStr)) output.push(havingStr);
					else output.push(context.indent(havingStr));
				} else {
					output.push("HAVING");
					output.push(this.visit(node.havingClause, context));
				}
			}
			if (node.windowClause) {
				output.push("WINDOW");
				const windowClauses = list_utils_1.ListUtils.unwrapList(node.windowClause).map((e) => this.visit(e, context)).join(", ");
				output.push(windowClauses);
			}
			if (node.sortClause) {
				const sortList = list_utils_1.ListUtils.unwrapList(node.sortClause);
				if (context.isPretty()) {
					const sortItems = sortList.map((e) => {
						const sortStr = this.visit(e, context.spawn("SelectStmt", {
							sort: true,
							indentLevel: context.indentLevel + 1
						}));
						if (this.containsMultilineStringLiteral(sortStr)) return sortStr;
						return context.indent(sortStr);
					}).join("," + context.newline());
					output.push("ORDER BY");
					output.push(sortItems);
				} else {
					output.push("ORDER BY");
					const sortItems = sortList.map((e) => this.visit(e, context.spawn("SelectStmt", { sort: true }))).join(", ");
					output.push(sortItems);
				}
			}
			if (node.limitCount) output.push("LIMIT " + this.visit(node.limitCount, context));
			if (node.limitOffset) output.push("OFFSET " + this.visit(node.limitOffset, context));
			if (node.lockingClause) {
				const lockingClauses = list_utils_1.ListUtils.unwrapList(node.lockingClause).map((e) => this.visit(e, context)).join(" ");
				output.push(lockingClauses);
			}
			if (context.isPretty()) return output.filter((item) => item.trim() !== "").join(context.newline());
			return output.join(" ");
		}
		A_Expr(node, context) {
			const kind = node.kind;
			const name = list_utils_1.ListUtils.unwrapList(node.name);
			const lexpr = node.lexpr;
			const rexpr = node.rexpr;
			switch (kind) {
				case "AEXPR_OP":
					if (lexpr && rexpr) {
						const operator = this.deparseOperatorName(name, context);
						let leftExpr = this.visit(lexpr, context);
						let rightExpr = this.visit(rexpr, context);
						let leftNeedsParens = false;
						if (lexpr && "A_Expr" in lexpr && lexpr.A_Expr?.kind === "AEXPR_OP") {
							const leftOp = this.deparseOperatorName(list_utils_1.ListUtils.unwrapList(lexpr.A_Expr.name), context);
							if (this.needsParentheses(leftOp, operator, "left")) leftNeedsParens = true;
						}
						if (lexpr && this.isComplexExpression(lexpr)) leftNeedsParens = true;
						if (leftNeedsParens) leftExpr = context.parens(leftExpr);
						let rightNeedsParens = false;
						if (rexpr && "A_Expr" in rexpr && rexpr.A_Expr?.kind === "AEXPR_OP") {
							const rightOp = this.deparseOperatorName(list_utils_1.ListUtils.unwrapList(rexpr.A_Expr.name), context);
							if (this.needsParentheses(rightOp, operator, "right")) rightNeedsParens = true;
						}
						if (rexpr && this.isComplexExpression(rexpr)) rightNeedsParens = true;
						if (rightNeedsParens) rightExpr = context.parens(rightExpr);
						return context.format([
							leftExpr,
							operator,
							rightExpr
						]);
					} else if (rexpr) {
						const operator = this.deparseOperatorName(name, context);
						let rightExpr = this.visit(rexpr, context);
						if (rexpr && "A_Expr" in rexpr && rexpr.A_Expr?.kind === "AEXPR_OP" && rexpr.A_Expr?.lexpr) rightExpr = context.parens(rightExpr);
						return context.format([operator, rightExpr]);
					}
					break;
				case "AEXPR_OP_ANY": return context.format([
					this.visit(lexpr, context),
					this.deparseOperatorName(name, context),
					"ANY",
					context.parens(this.visit(rexpr, context))
				]);
				case "AEXPR_OP_ALL": return context.format([
					this.visit(lexpr, context),
					this.deparseOperatorName(name, context),
					"ALL",
					context.parens(this.visit(rexpr, context))
				]);
				case "AEXPR_DISTINCT": {
					let leftExpr = this.visit(lexpr, context);
					let rightExpr = this.visit(rexpr, context);
					if (lexpr && this.isComplexExpression(lexpr)) leftExpr = context.parens(leftExpr);
					if (rexpr && this.isComplexExpression(rexpr)) rightExpr = context.parens(rightExpr);
					return context.format([
						leftExpr,
						"IS DISTINCT FROM",
						rightExpr
					]);
				}
				case "AEXPR_NOT_DISTINCT": {
					let leftExpr = this.visit(lexpr, context);
					let rightExpr = this.visit(rexpr, context);
					if (lexpr && this.isComplexExpression(lexpr)) leftExpr = context.parens(leftExpr);
					if (rexpr && this.isComplexExpression(rexpr)) rightExpr = context.parens(rightExpr);
					return context.format([
						leftExpr,
						"IS NOT DISTINCT FROM",
						rightExpr
					]);
				}
				case "AEXPR_NULLIF": return context.format(["NULLIF", context.parens([this.visit(lexpr, context), this.visit(rexpr, context)].join(", "))]);
				case "AEXPR_IN":
					const inOperator = this.deparseOperatorName(name, context);
					if (inOperator === "<>" || inOperator === "!=") return context.format([
						this.visit(lexpr, context),
						"NOT IN",
						context.parens(this.visit(rexpr, context))
					]);
					else return context.format([
						this.visit(lexpr, context),
						"IN",
						context.parens(this.visit(rexpr, context))
					]);
				case "AEXPR_LIKE": if (this.deparseOperatorName(name, context) === "!~~") return context.format([
					this.visit(lexpr, context),
					"NOT LIKE",
					this.visit(rexpr, context)
				]);
				else return context.format([
					this.visit(lexpr, context),
					"LIKE",
					this.visit(rexpr, context)
				]);
				case "AEXPR_ILIKE": if (this.deparseOperatorName(name, context) === "!~~*") return context.format([
					this.visit(lexpr, context),
					"NOT ILIKE",
					this.visit(rexpr, context)
				]);
				else return context.format([
					this.visit(lexpr, context),
					"ILIKE",
					this.visit(rexpr, context)
				]);
				case "AEXPR_SIMILAR":
					const similarOp = this.deparseOperatorName(name, context);
					let rightExpr;
					if (rexpr && "FuncCall" in rexpr && rexpr.FuncCall?.funcname?.length === 2 && rexpr.FuncCall.funcname[0]?.String?.sval === "pg_catalog" && rexpr.FuncCall.funcname[1]?.String?.sval === "similar_to_escape") {
						const args = rexpr.FuncCall.args || [];
						rightExpr = this.visit(args[0], context);
						if (args.length > 1) rightExpr += ` ESCAPE ${this.visit(args[1], context)}`;
					} else rightExpr = this.visit(rexpr, context);
					if (similarOp === "!~") return context.format([
						this.visit(lexpr, context),
						"NOT SIMILAR TO",
						rightExpr
					]);
					else return context.format([
						this.visit(lexpr, context),
						"SIMILAR TO",
						rightExpr
					]);
				case "AEXPR_BETWEEN": return context.format([
					this.visit(lexpr, context),
					"BETWEEN",
					this.visitBetweenRange(rexpr, context)
				]);
				case "AEXPR_NOT_BETWEEN": return context.format([
					this.visit(lexpr, context),
					"NOT BETWEEN",
					this.visitBetweenRange(rexpr, context)
				]);
				case "AEXPR_BETWEEN_SYM": return context.format([
					this.visit(lexpr, context),
					"BETWEEN SYMMETRIC",
					this.visitBetweenRange(rexpr, context)
				]);
				case "AEXPR_NOT_BETWEEN_SYM": return context.format([
					this.visit(lexpr, context),
					"NOT BETWEEN SYMMETRIC",
					this.visitBetweenRange(rexpr, context)
				]);
			}
			throw new Error(`Unhandled A_Expr kind: ${kind}`);
		}
		deparseOperatorName(name, context) {
			if (!name || name.length === 0) return "";
			const parts = name.map((n) => {
				if (n.String) return n.String.sval || n.String.str;
				return this.visit(n, context);
			});
			if (parts.length > 1) return `OPERATOR(${parts.join(".")})`;
			return parts.join(".");
		}
		getOperatorPrecedence(operator) {
			return {
				"||": 1,
				OR: 2,
				AND: 3,
				NOT: 4,
				IS: 5,
				IN: 5,
				BETWEEN: 5,
				LIKE: 5,
				ILIKE: 5,
				SIMILAR: 5,
				"<": 6,
				"<=": 6,
				">": 6,
				">=": 6,
				"=": 6,
				"<>": 6,
				"!=": 6,
				"+": 7,
				"-": 7,
				"*": 8,
				"/": 8,
				"%": 8,
				"^": 9,
				"~": 10,
				"&": 10,
				"|": 10,
				"#": 10,
				"<<": 10,
				">>": 10
			}[operator] || 0;
		}
		needsParentheses(childOp, parentOp, position) {
			const childPrec = this.getOperatorPrecedence(childOp);
			const parentPrec = this.getOperatorPrecedence(parentOp);
			if (childPrec < parentPrec) return true;
			if (childPrec === parentPrec && position === "right") {
				if (parentOp === "-" || parentOp === "/") return true;
			}
			return false;
		}
		isComplexExpression(node) {
			return !!(node.NullTest || node.BooleanTest || node.BoolExpr || node.CaseExpr || node.CoalesceExpr || node.SubLink || node.A_Expr);
		}
		isComplexSelectTarget(node) {
			if (!node) return false;
			if (node.ResTarget?.val) return this.isComplexExpression(node.ResTarget.val);
			if (node.CaseExpr) return true;
			if (node.SubLink) return true;
			if (node.NullTest || node.BooleanTest || node.BoolExpr) return true;
			if (node.CoalesceExpr) {
				const args = node.CoalesceExpr.args;
				if (args && Array.isArray(args) && args.length > 1) return true;
			}
			if (node.FuncCall) {
				const funcCall = node.FuncCall;
				const args = funcCall.args ? Array.isArray(funcCall.args) ? funcCall.args : [funcCall.args] : [];
				if (funcCall.over || funcCall.agg_filter || funcCall.agg_order || funcCall.agg_distinct) return true;
				if (args.length > 1) return true;
				if (args.length === 1) return this.isComplexSelectTarget(args[0]);
			}
			if (node.A_Expr) {
				const expr = node.A_Expr;
				if (expr.lexpr && this.isComplexSelectTarget(expr.lexpr)) return true;
				if (expr.rexpr && this.isComplexSelectTarget(expr.rexpr)) return true;
				return false;
			}
			if (node.TypeCast) return this.isComplexSelectTarget(node.TypeCast.arg);
			if (node.A_ArrayExpr) return true;
			if (node.A_Indirection) return this.isComplexSelectTarget(node.A_Indirection.arg);
			if (node.A_Const || node.ColumnRef || node.ParamRef || node.A_Star) return false;
			return false;
		}
		visitBetweenRange(rexpr, context) {
			if (rexpr && "List" in rexpr && rexpr.List?.items) return rexpr.List.items.map((item) => this.visit(item, context)).join(" AND ");
			return this.visit(rexpr, context);
		}
		InsertStmt(node, context) {
			const output = [];
			if (node.withClause) output.push(this.WithClause(node.withClause, context));
			output.push("INSERT INTO");
			output.push(this.RangeVar(node.relation, context));
			if (node.cols) {
				const cols = list_utils_1.ListUtils.unwrapList(node.cols);
				const insertContext = context.spawn("InsertStmt", { insertColumns: true });
				const columnNames = cols.map((col) => this.visit(col, insertContext));
				if (context.isPretty()) {
					const indentedColumns = columnNames.map((col) => context.indent(col));
					output.push("(\n" + indentedColumns.join(",\n") + "\n)");
				} else output.push(context.parens(columnNames.join(", ")));
			}
			if (node.override === "OVERRIDING_USER_VALUE") output.push("OVERRIDING USER VALUE");
			else if (node.override === "OVERRIDING_SYSTEM_VALUE") output.push("OVERRIDING SYSTEM VALUE");
			if (node.selectStmt) output.push(this.visit(node.selectStmt, context));
			else if (!node.cols || node.cols && list_utils_1.ListUtils.unwrapList(node.cols).length === 0) output.push("DEFAULT VALUES");
			if (node.onConflictClause) {
				output.push("ON CONFLICT");
				if (node.onConflictClause.infer) {
					const infer = node.onConflictClause.infer;
					if (infer.conname) {
						output.push("ON CONSTRAINT");
						output.push(infer.conname);
					} else if (infer.indexElems) {
						const indexElems = list_utils_1.ListUtils.unwrapList(infer.indexElems).map((elem) => this.visit(elem, context));
						output.push(context.parens(indexElems.join(", ")));
					}
					if (infer.whereClause) {
						output.push("WHERE");
						output.push(this.visit(infer.whereClause, context));
					}
				}
				if (node.onConflictClause.action === "ONCONFLICT_UPDATE") {
					output.push("DO UPDATE SET");
					const targetList = list_utils_1.ListUtils.unwrapList(node.onConflictClause.targetList);
					if (targetList && targetList.length) {
						const firstTarget = targetList[0];
						if (firstTarget.ResTarget?.val?.MultiAssignRef && targetList.every((target) => target.ResTarget?.val?.MultiAssignRef)) {
							const names = targetList.sort((a, b) => a.ResTarget.val.MultiAssignRef.colno - b.ResTarget.val.MultiAssignRef.colno).map((target) => target.ResTarget.name);
							output.push(context.parens(names.join(", ")));
							output.push("=");
							output.push(this.visit(firstTarget.ResTarget.val.MultiAssignRef.source, context));
						} else {
							const updateContext = context.spawn("UpdateStmt", { update: true });
							const targets = targetList.map((target) => this.visit(target, updateContext));
							if (context.isPretty()) {
								const indentedTargets = targets.map((target) => context.indent(target));
								output.push("\n" + indentedTargets.join(",\n"));
							} else output.push(targets.join(", "));
						}
					}
					if (node.onConflictClause.whereClause) {
						output.push("WHERE");
						output.push(this.visit(node.onConflictClause.whereClause, context));
					}
				} else if (node.onConflictClause.action === "ONCONFLICT_NOTHING") output.push("DO NOTHING");
			}
			if (node.returningClause) output.push(this.ReturningClause(node.returningClause, context));
			return output.join(" ");
		}
		UpdateStmt(node, context) {
			const output = [];
			if (node.withClause) output.push(this.WithClause(node.withClause, context));
			output.push("UPDATE");
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			output.push("SET");
			if (node.targetList && node.targetList.length > 0) output.push(this.formatUpdateAssignments(node.targetList, context));
			if (node.fromClause) {
				output.push("FROM");
				const fromItems = list_utils_1.ListUtils.unwrapList(node.fromClause).map((item) => this.visit(item, context));
				output.push(fromItems.join(", "));
			}
			if (node.whereClause) {
				output.push("WHERE");
				output.push(this.visit(node.whereClause, context));
			}
			if (node.returningClause) output.push(this.ReturningClause(node.returningClause, context));
			return output.join(" ");
		}
		formatUpdateAssignments(targets, context) {
			const targetList = list_utils_1.ListUtils.unwrapList(targets);
			const processedTargets = /* @__PURE__ */ new Set();
			const assignmentParts = [];
			for (let i = 0; i < targetList.length; i++) {
				if (processedTargets.has(i)) continue;
				const target = targetList[i];
				const multiAssignRef = target.ResTarget?.val?.MultiAssignRef;
				if (multiAssignRef) {
					const relatedTargets = [];
					for (let j = i; j < targetList.length; j++) {
						const otherTarget = targetList[j];
						const otherMultiAssignRef = otherTarget.ResTarget?.val?.MultiAssignRef;
						if (otherMultiAssignRef && JSON.stringify(otherMultiAssignRef.source) === JSON.stringify(multiAssignRef.source)) {
							relatedTargets.push(otherTarget);
							processedTargets.add(j);
						}
					}
					const names = relatedTargets.map((t) => quotes_1.QuoteUtils.quoteIdentifier(t.ResTarget.name));
					assignmentParts.push(`${context.parens(names.join(", "))} = ${this.visit(multiAssignRef.source, context)}`);
				} else {
					assignmentParts.push(this.visit(target, context.spawn("UpdateStmt", { update: true })));
					processedTargets.add(i);
				}
			}
			return assignmentParts.join(", ");
		}
		DeleteStmt(node, context) {
			try {
				const output = [];
				if (node.withClause) try {
					output.push(this.WithClause(node.withClause, context));
				} catch (error) {
					console.warn(`Error processing withClause in DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
					throw new Error(`Error deparsing DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
				}
				output.push("DELETE");
				output.push("FROM");
				if (!node.relation) throw new Error("DeleteStmt requires a relation");
				output.push(this.RangeVar(node.relation, context));
				if (node.usingClause) {
					output.push("USING");
					const usingItems = list_utils_1.ListUtils.unwrapList(node.usingClause).filter((item) => item != null && this.getNodeType(item) !== "undefined").map((item) => {
						try {
							return this.visit(item, context);
						} catch (error) {
							console.warn(`Error processing usingClause item in DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
							return "";
						}
					}).filter((item) => item && item.trim());
					if (usingItems.length > 0) output.push(usingItems.join(", "));
				}
				if (node.whereClause) {
					output.push("WHERE");
					try {
						output.push(this.visit(node.whereClause, context));
					} catch (error) {
						console.warn(`Error processing whereClause in DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
						throw new Error(`Error deparsing DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
					}
				}
				if (node.returningClause) try {
					output.push(this.ReturningClause(node.returningClause, context));
				} catch (error) {
					console.warn(`Error processing returningClause in DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
					throw new Error(`Error deparsing DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
				}
				return output.join(" ");
			} catch (error) {
				throw new Error(`Error deparsing DeleteStmt: ${error instanceof Error ? error.message : String(error)}`);
			}
		}
		WithClause(node, context) {
			const output = ["WITH"];
			if (node.recursive) output.push("RECURSIVE");
			if (node.ctes && node.ctes.length > 0) {
				const ctes = list_utils_1.ListUtils.unwrapList(node.ctes);
				if (context.isPretty()) {
					const cteStrings = ctes.map((cte, index) => {
						const cteStr = this.visit(cte, context);
						const prefix = index === 0 ? context.newline() : "," + context.newline();
						if (this.containsMultilineStringLiteral(cteStr)) return prefix + cteStr;
						return prefix + context.indent(cteStr);
					});
					output.push(cteStrings.join(""));
				} else {
					const cteStrings = ctes.map((cte) => this.visit(cte, context));
					output.push(cteStrings.join(", "));
				}
			}
			return output.join(" ");
		}
		ResTarget(node, context) {
			const output = [];
			if (context.update && node.name) {
				output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
				if (node.indirection && node.indirection.length > 0) {
					const indirectionStrs = list_utils_1.ListUtils.unwrapList(node.indirection).map((item) => {
						if (item.String) return `.${quotes_1.QuoteUtils.quoteIdentifierAfterDot(item.String.sval || item.String.str)}`;
						return this.visit(item, context);
					});
					output.push(indirectionStrs.join(""));
				}
				output.push("=");
				if (node.val) output.push(this.deparse(node.val, context));
			} else if (context.insertColumns && node.name) {
				output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
				if (node.indirection && node.indirection.length > 0) {
					const indirectionStrs = list_utils_1.ListUtils.unwrapList(node.indirection).map((item) => {
						if (item.String) return `.${quotes_1.QuoteUtils.quoteIdentifierAfterDot(item.String.sval || item.String.str)}`;
						return this.visit(item, context);
					});
					output.push(indirectionStrs.join(""));
				}
			} else {
				if (node.val) output.push(this.deparse(node.val, context));
				if (node.name) {
					output.push("AS");
					output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
				}
			}
			return output.join(" ");
		}
		ATAlterConstraint(node, context) {
			const output = ["ALTER CONSTRAINT"];
			if (node.conname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.conname));
			if (node.alterEnforceability) output.push(node.is_enforced ? "ENFORCED" : "NOT ENFORCED");
			if (node.alterDeferrability) {
				output.push(node.deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
				if (node.initdeferred) output.push("INITIALLY DEFERRED");
			}
			if (node.alterInheritability) output.push(node.noinherit ? "NO INHERIT" : "INHERIT");
			return output.join(" ");
		}
		deparseKeyAttrs(attrs, withPeriod, context) {
			const items = list_utils_1.ListUtils.unwrapList(attrs).map((attr) => this.visit(attr, context));
			if (withPeriod && items.length > 0) items[items.length - 1] = `PERIOD ${items[items.length - 1]}`;
			return items.join(", ");
		}
		ReturningClause(node, context) {
			const output = ["RETURNING"];
			if (node.options && node.options.length > 0) {
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, context));
				output.push(`WITH (${options.join(", ")})`);
			}
			if (node.exprs && node.exprs.length > 0) output.push(this.deparseReturningList(node.exprs, context));
			return output.join(" ");
		}
		ReturningOption(node, context) {
			return `${node.option === "RETURNING_OPTION_NEW" ? "NEW" : "OLD"} AS ${quotes_1.QuoteUtils.quoteIdentifier(node.value)}`;
		}
		deparseReturningList(list, context) {
			return list_utils_1.ListUtils.unwrapList(list).filter((item) => item != null && this.getNodeType(item) !== "undefined").map((item) => {
				try {
					if (this.getNodeType(item) === "ResTarget") {
						const resTarget = this.getNodeData(item);
						return (resTarget.val ? this.visit(resTarget.val, context) : "") + (resTarget.name ? ` AS ${quotes_1.QuoteUtils.quoteIdentifier(resTarget.name)}` : "");
					} else return this.visit(item, context);
				} catch (error) {
					console.warn(`Error processing returning item: ${error instanceof Error ? error.message : String(error)}`);
					return "";
				}
			}).filter((item) => item && item.trim()).join(", ");
		}
		BoolExpr(node, context) {
			const boolop = node.boolop;
			const args = list_utils_1.ListUtils.unwrapList(node.args);
			let formatStr = "%s";
			if (context.bool) formatStr = "(%s)";
			const boolContext = context.spawn("BoolExpr", { bool: true });
			switch (boolop) {
				case "AND_EXPR": if (context.isPretty() && args.length > 1) {
					const andArgs = args.map((arg) => this.visit(arg, boolContext)).join(context.newline() + context.indent("AND "));
					return formatStr.replace("%s", () => andArgs);
				} else {
					const andArgs = args.map((arg) => this.visit(arg, boolContext)).join(" AND ");
					return formatStr.replace("%s", () => andArgs);
				}
				case "OR_EXPR": if (context.isPretty() && args.length > 1) {
					const orArgs = args.map((arg) => this.visit(arg, boolContext)).join(context.newline() + context.indent("OR "));
					return formatStr.replace("%s", () => orArgs);
				} else {
					const orArgs = args.map((arg) => this.visit(arg, boolContext)).join(" OR ");
					return formatStr.replace("%s", () => orArgs);
				}
				case "NOT_EXPR": return `NOT (${this.visit(args[0], context)})`;
				default: throw new Error(`Unhandled BoolExpr boolop: ${boolop}`);
			}
		}
		FuncCall(node, context) {
			const funcname = list_utils_1.ListUtils.unwrapList(node.funcname);
			const args = list_utils_1.ListUtils.unwrapList(node.args);
			const funcnameParts = funcname.map((n) => n.String?.sval || n.String?.str || "").filter((s) => s);
			const name = quotes_1.QuoteUtils.quoteDottedName(funcnameParts);
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.xmlexists" && args.length >= 2) return `xmlexists (${this.visit(args[0], context)} PASSING ${this.visit(args[1], context)})`;
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.extract" && args.length >= 2) {
				let field = this.visit(args[0], context);
				const source = this.visit(args[1], context);
				if (field.startsWith("'") && field.endsWith("'")) field = field.slice(1, -1).toUpperCase();
				return `EXTRACT(${field} FROM ${source})`;
			}
			if (node.funcformat === "COERCE_SQL_SYNTAX" && (name === "pg_catalog.rtrim" || name === "pg_catalog.ltrim" || name === "pg_catalog.btrim") && args.length >= 1) {
				const source = this.visit(args[0], context);
				let trimChar = "";
				if (args.length >= 2) trimChar = ` ${this.visit(args[1], context)}`;
				if (name === "pg_catalog.rtrim") return `TRIM(TRAILING${trimChar} FROM ${source})`;
				else if (name === "pg_catalog.ltrim") return `TRIM(LEADING${trimChar} FROM ${source})`;
				else if (name === "pg_catalog.btrim") return `TRIM(BOTH${trimChar} FROM ${source})`;
			}
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.pg_collation_for") return `COLLATION FOR (${args.map((arg) => this.visit(arg, context)).join(", ")})`;
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.substring") {
				const source = this.visit(args[0], context);
				if (args.length === 3) return `SUBSTRING(${source} FROM ${this.visit(args[1], context)} FOR ${this.visit(args[2], context)})`;
				else if (args.length === 2) return `SUBSTRING(${source} FROM ${this.visit(args[1], context)})`;
			}
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.position") {
				if (args.length === 2) {
					const string = this.visit(args[0], context);
					return `POSITION(${this.visit(args[1], context)} IN ${string})`;
				}
			}
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.overlay") {
				if (args.length === 4) return `OVERLAY(${this.visit(args[0], context)} PLACING ${this.visit(args[1], context)} FROM ${this.visit(args[2], context)} FOR ${this.visit(args[3], context)})`;
				else if (args.length === 3) return `OVERLAY(${this.visit(args[0], context)} PLACING ${this.visit(args[1], context)} FROM ${this.visit(args[2], context)})`;
			}
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.is_normalized") {
				const string = this.visit(args[0], context);
				if (args.length === 2) return `${string} IS ${this.visit(args[1], context).replace(/'/g, "")} NORMALIZED`;
				else return `${string} IS NORMALIZED`;
			}
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.normalize") {
				const string = this.visit(args[0], context);
				if (args.length === 2) return `normalize(${string}, ${this.visit(args[1], context).replace(/'/g, "")})`;
				else return `normalize(${string})`;
			}
			if (node.funcformat === "COERCE_SQL_SYNTAX" && name === "pg_catalog.system_user" && args.length === 0) return "SYSTEM_USER";
			if (name === "pg_catalog.overlaps" && args.length === 4) return `(${this.visit(args[0], context)}, ${this.visit(args[1], context)}) OVERLAPS (${this.visit(args[2], context)}, ${this.visit(args[3], context)})`;
			if (name === "pg_catalog.timezone" && args.length === 2) {
				let timestamp = this.visit(args[1], context);
				const timezone = this.visit(args[0], context);
				if (args[1] && "A_Expr" in args[1] && args[1].A_Expr?.kind === "AEXPR_OP") {
					const op = this.deparseOperatorName(list_utils_1.ListUtils.unwrapList(args[1].A_Expr.name), context);
					if (op === "+" || op === "-" || op === "*" || op === "/") timestamp = context.parens(timestamp);
				}
				return `${timestamp} AT TIME ZONE ${timezone}`;
			}
			const params = [];
			if (node.agg_star) {
				if (node.agg_distinct) params.push("DISTINCT *");
				else params.push("*");
			} else {
				const argStrs = args.map((arg) => this.visit(arg, context));
				if (node.func_variadic && argStrs.length > 0) {
					const lastIndex = argStrs.length - 1;
					argStrs[lastIndex] = `VARIADIC ${argStrs[lastIndex]}`;
				}
				if (node.agg_distinct && argStrs.length > 0) params.push("DISTINCT " + argStrs.join(", "));
				else params.push(...argStrs);
			}
			let orderByClause = "";
			if (node.agg_order && node.agg_order.length > 0) {
				const orderStrs = list_utils_1.ListUtils.unwrapList(node.agg_order).map((item) => this.visit(item, context));
				if (node.agg_within_group) orderByClause = ` WITHIN GROUP (ORDER BY ${orderStrs.join(", ")})`;
				else orderByClause = ` ORDER BY ${orderStrs.join(", ")}`;
			}
			let result;
			if (node.agg_within_group && orderByClause) result = `${name}(${params.join(", ")})${orderByClause}`;
			else result = `${name}(${params.join(", ")}${orderByClause})`;
			if (node.agg_filter) result += ` FILTER (WHERE ${this.visit(node.agg_filter, context)})`;
			if (node.over) result += this.formatOverClause(node.over, context);
			return result;
		}
		formatOverClause(over, context) {
			if (over.name) return ` OVER ${over.name}`;
			const windowParts = [];
			if (over.refname) windowParts.push(over.refname);
			if (over.partitionClause) {
				const partitionStrs = list_utils_1.ListUtils.unwrapList(over.partitionClause).map((p) => this.visit(p, context));
				windowParts.push(`PARTITION BY ${partitionStrs.join(", ")}`);
			}
			if (over.orderClause) {
				const orderStrs = list_utils_1.ListUtils.unwrapList(over.orderClause).map((o) => this.visit(o, context));
				windowParts.push(`ORDER BY ${orderStrs.join(", ")}`);
			}
			const frameClause = this.formatWindowFrame(over, context.spawn("FuncCall"));
			if (frameClause) windowParts.push(frameClause);
			if (windowParts.length === 0) return " OVER ()";
			if (context.isPretty() && windowParts.length > 1) {
				const formattedParts = windowParts.map((part) => context.indent(part));
				return ` OVER (${context.newline()}${formattedParts.join(context.newline())}${context.newline()})`;
			}
			return ` OVER (${windowParts.join(" ")})`;
		}
		FuncExpr(node, context) {
			return `${`func_${node.funcid}`}(${node.args ? list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context)).join(", ") : ""})`;
		}
		A_Const(node, context) {
			const nodeAny = node;
			if (nodeAny.ival !== void 0) {
				if (typeof nodeAny.ival === "object" && nodeAny.ival !== null) {
					if (nodeAny.ival.ival !== void 0) return nodeAny.ival.ival.toString();
					else if (Object.keys(nodeAny.ival).length === 0) return "0";
					else return nodeAny.ival.toString();
				} else if (nodeAny.ival === null) return "NULL";
				else return nodeAny.ival.toString();
			} else if (nodeAny.fval !== void 0) {
				if (typeof nodeAny.fval === "object" && nodeAny.fval !== null) {
					if (nodeAny.fval.fval !== void 0) return nodeAny.fval.fval.toString();
					else if (Object.keys(nodeAny.fval).length === 0) return "0.0";
					else return nodeAny.fval.toString();
				} else if (nodeAny.fval === null) return "NULL";
				else return nodeAny.fval.toString();
			} else if (nodeAny.sval !== void 0) {
				if (typeof nodeAny.sval === "object" && nodeAny.sval !== null) {
					if (nodeAny.sval.sval !== void 0) return quotes_1.QuoteUtils.formatEString(nodeAny.sval.sval);
					else if (nodeAny.sval.String && nodeAny.sval.String.sval !== void 0) return quotes_1.QuoteUtils.formatEString(nodeAny.sval.String.sval);
					else if (Object.keys(nodeAny.sval).length === 0) return "''";
					else return quotes_1.QuoteUtils.formatEString(nodeAny.sval.toString());
				} else if (nodeAny.sval === null) return "NULL";
				else return quotes_1.QuoteUtils.formatEString(nodeAny.sval);
			} else if (nodeAny.boolval !== void 0) {
				if (typeof nodeAny.boolval === "object" && nodeAny.boolval !== null) {
					if (nodeAny.boolval.boolval !== void 0) return nodeAny.boolval.boolval ? "true" : "false";
					else if (Object.keys(nodeAny.boolval).length === 0) return "false";
					else return nodeAny.boolval ? "true" : "false";
				} else if (nodeAny.boolval === null) return "NULL";
				else return nodeAny.boolval ? "true" : "false";
			} else if (nodeAny.bsval !== void 0) {
				if (typeof nodeAny.bsval === "object" && nodeAny.bsval !== null) {
					if (nodeAny.bsval.bsval !== void 0) {
						const bsval = nodeAny.bsval.bsval;
						if (bsval.startsWith("x") && /^x[0-9A-Fa-f]+$/.test(bsval)) return `x'${bsval.substring(1)}'`;
						if (bsval.startsWith("b")) return `b'${bsval.substring(1)}'`;
						return `b'${bsval}'`;
					} else if (Object.keys(nodeAny.bsval).length === 0) return "''";
					else return nodeAny.bsval.toString();
				} else if (nodeAny.bsval === null) return "NULL";
				else {
					const bsval = nodeAny.bsval;
					if (bsval.startsWith("x") && /^x[0-9A-Fa-f]+$/.test(bsval)) return `x'${bsval.substring(1)}'`;
					if (bsval.startsWith("b")) return `b'${bsval.substring(1)}'`;
					return `b'${bsval}'`;
				}
			}
			if (nodeAny.val) {
				if (nodeAny.val.Integer?.ival !== void 0) return nodeAny.val.Integer.ival.toString();
				else if (nodeAny.val.Float?.fval !== void 0) return nodeAny.val.Float.fval.toString();
				else if (nodeAny.val.String?.sval !== void 0) return quotes_1.QuoteUtils.escape(nodeAny.val.String.sval);
				else if (nodeAny.val.Boolean?.boolval !== void 0) return nodeAny.val.Boolean.boolval ? "true" : "false";
				else if (nodeAny.val.BitString?.bsval !== void 0) return nodeAny.val.BitString.bsval;
			}
			if (nodeAny.isnull === true) return "NULL";
			if (typeof nodeAny === "object" && nodeAny !== null) {
				if (nodeAny.Boolean !== void 0) return nodeAny.Boolean ? "true" : "false";
				if (nodeAny.Integer !== void 0) {
					if (typeof nodeAny.Integer === "object" && nodeAny.Integer.ival !== void 0) return nodeAny.Integer.ival.toString();
					return nodeAny.Integer.toString();
				}
				if (nodeAny.Float !== void 0) {
					if (typeof nodeAny.Float === "object" && nodeAny.Float.fval !== void 0) return nodeAny.Float.fval.toString();
					return nodeAny.Float.toString();
				}
				if (nodeAny.String !== void 0) {
					if (typeof nodeAny.String === "object" && nodeAny.String.sval !== void 0) return quotes_1.QuoteUtils.escape(nodeAny.String.sval);
					return quotes_1.QuoteUtils.escape(nodeAny.String);
				}
				if (Object.keys(nodeAny).length === 0) return "NULL";
				console.warn("A_Const: Unhandled object structure:", JSON.stringify(nodeAny, null, 2));
				return "NULL";
			}
			return "NULL";
		}
		ColumnRef(node, context) {
			return list_utils_1.ListUtils.unwrapList(node.fields).map((field) => {
				if (field.String) return quotes_1.QuoteUtils.quoteIdentifier(field.String.sval || field.String.str);
				else if (field.A_Star) return "*";
				return this.visit(field, context);
			}).join(".");
		}
		TypeName(node, context) {
			if (!node.names) return "";
			const output = [];
			if (node.setof) output.push("SETOF");
			const names = node.names.map((name) => {
				if (name.String) return name.String.sval || name.String.str;
				return "";
			}).filter(Boolean);
			if (names.length === 0) return "";
			let args = null;
			if (node.typmods) {
				if (names.some((name) => {
					return (typeof name === "string" ? name : name.String?.sval || name.String?.str) === "interval";
				})) args = this.formatIntervalTypeMods(node.typmods, context);
				else args = this.formatTypeMods(node.typmods, context);
			} else if (node.typemod && node.typemod !== -1) args = this.formatSingleTypeMod(node.typemod, names[0]);
			const mods = (name, size) => {
				if (size != null) {
					if (name === "interval") {
						if (size.startsWith("(")) return `${name}${size}`;
						return `${name} ${size}`;
					}
					return `${name}(${size})`;
				}
				return name;
			};
			const formatArrayBounds = (arrayBounds) => {
				return arrayBounds.map((bound) => {
					if (bound.Integer && bound.Integer.ival !== void 0 && bound.Integer.ival !== -1) return `[${bound.Integer.ival}]`;
					return "[]";
				}).join("");
			};
			if (names.length === 1) {
				const typeName = names[0];
				if (typeName === "char") {
					if (context.parentNodeTypes.includes("TypeCast") && args === "1") output.push("\"char\"");
					else output.push(mods("\"char\"", args));
					return output.join(" ");
				}
				let result = mods(quotes_1.QuoteUtils.quoteIdentifierTypeName(typeName), args);
				if (node.arrayBounds && node.arrayBounds.length > 0) result += formatArrayBounds(node.arrayBounds);
				output.push(result);
				return output.join(" ");
			}
			if (names.length === 2) {
				const [catalog, type] = names;
				if (catalog === "pg_catalog" && type === "char") {
					output.push(mods("pg_catalog.char", args));
					return output.join(" ");
				}
				if (catalog === "pg_catalog") {
					let typeName = `${catalog}.${type}`;
					if (type === "bpchar" && args) typeName = "char";
					else if (type === "varchar") typeName = "varchar";
					else if (type === "numeric") typeName = "numeric";
					else if (type === "int4") typeName = "int";
					else if (type === "float8") typeName = "double precision";
					else if (type === "float4") typeName = "real";
					else if (type === "int8") typeName = "bigint";
					else if (type === "int2") typeName = "smallint";
					else if (type === "bool") typeName = "boolean";
					else if (type === "interval") {
						if (context.parentNodeTypes.includes("TypeCast")) typeName = "interval";
						else typeName = "interval";
					} else if (type === "timestamptz") {
						if (args) {
							typeName = `timestamp(${args}) with time zone`;
							args = null;
						} else typeName = "timestamp with time zone";
					} else if (type === "timetz") {
						if (args) {
							typeName = `time(${args}) with time zone`;
							args = null;
						} else typeName = "time with time zone";
					} else if (type === "timestamp") {
						if (args) {
							typeName = `timestamp(${args})`;
							args = null;
						} else typeName = "timestamp";
					} else if (type === "time") {
						if (args) {
							typeName = `time(${args})`;
							args = null;
						} else typeName = "time";
					}
					let result = mods(typeName, args);
					if (node.arrayBounds && node.arrayBounds.length > 0) result += formatArrayBounds(node.arrayBounds);
					output.push(result);
					return output.join(" ");
				}
			}
			let result = mods(quotes_1.QuoteUtils.quoteTypeDottedName(names), args);
			if (node.arrayBounds && node.arrayBounds.length > 0) result += formatArrayBounds(node.arrayBounds);
			output.push(result);
			return output.join(" ");
		}
		Alias(node, context) {
			const name = node.aliasname;
			const output = [];
			if (node.colnames) {
				const quotedColnames = list_utils_1.ListUtils.unwrapList(node.colnames).map((col) => {
					const colStr = this.deparse(col, context);
					if (colStr.startsWith("\"") && colStr.endsWith("\"")) return colStr;
					return this.quoteIfNeeded(colStr);
				});
				output.push("AS", this.quoteIfNeeded(name) + context.parens(quotedColnames.join(", ")));
			} else output.push("AS", this.quoteIfNeeded(name));
			return output.join(" ");
		}
		RangeVar(node, context) {
			const output = [];
			if (node && (!("inh" in node) || node.inh === void 0) && !context.parentNodeTypes.includes("CompositeTypeStmt") && !context.parentNodeTypes.includes("AlterTypeStmt") && context.objtype !== "OBJECT_TYPE" && !context.parentNodeTypes.includes("CreateForeignTableStmt")) output.push("ONLY");
			let tableName = "";
			if (node.catalogname) {
				tableName = quotes_1.QuoteUtils.quoteIdentifier(node.catalogname);
				if (node.schemaname) tableName += "." + quotes_1.QuoteUtils.quoteIdentifierAfterDot(node.schemaname);
				tableName += "." + quotes_1.QuoteUtils.quoteIdentifierAfterDot(node.relname);
			} else if (node.schemaname) tableName = quotes_1.QuoteUtils.quoteQualifiedIdentifier(node.schemaname, node.relname);
			else tableName = quotes_1.QuoteUtils.quoteIdentifier(node.relname);
			output.push(tableName);
			if (node.alias) {
				const aliasStr = this.Alias(node.alias, context);
				output.push(aliasStr);
			}
			return output.join(" ");
		}
		formatIntervalTypeMods(typmods, context) {
			if (!typmods || typmods.length === 0) return null;
			const mods = list_utils_1.ListUtils.unwrapList(typmods);
			const intervalFields = {
				4: "year",
				2: "month",
				8: "day",
				1024: "hour",
				2048: "minute",
				4096: "second",
				6: "year to month",
				1032: "day to hour",
				3080: "day to minute",
				7176: "day to second",
				3072: "hour to minute",
				7168: "hour to second",
				6144: "minute to second"
			};
			if (mods.length === 1) {
				const mod = mods[0];
				if (mod && typeof mod === "object") {
					const aConst = mod.A_Const;
					if (aConst && aConst.ival !== void 0) {
						const ivalValue = typeof aConst.ival === "object" ? aConst.ival.ival : aConst.ival;
						if (ivalValue !== void 0) {
							if (intervalFields[ivalValue]) return intervalFields[ivalValue];
							return `(${ivalValue})`;
						}
					}
				}
			}
			if (mods.length === 2) {
				const firstMod = mods[0];
				const secondMod = mods[1];
				if (firstMod && typeof firstMod === "object") {
					const firstConst = firstMod.A_Const;
					if (firstConst && firstConst.ival !== void 0) {
						const firstValue = typeof firstConst.ival === "object" ? firstConst.ival.ival : firstConst.ival;
						if (secondMod && typeof secondMod === "object") {
							const secondConst = secondMod.A_Const;
							if (secondConst && secondConst.ival !== void 0) {
								const secondValue = typeof secondConst.ival === "object" ? secondConst.ival.ival !== void 0 ? secondConst.ival.ival : 0 : secondConst.ival;
								if (firstValue === 32767 && secondValue >= 0) return `(${secondValue})`;
								if (intervalFields[firstValue] && secondValue >= 0) return `${intervalFields[firstValue]}(${secondValue})`;
							}
						}
					}
				}
			}
			const fieldSpecs = mods.map((mod) => {
				if (mod && typeof mod === "object") {
					const aConst = mod.A_Const;
					if (aConst && aConst.ival !== void 0) {
						const ivalValue = typeof aConst.ival === "object" ? aConst.ival.ival : aConst.ival;
						if (ivalValue !== void 0) return intervalFields[ivalValue] || ivalValue.toString();
					}
				}
				return this.visit(mod, context) || "";
			}).filter(Boolean);
			return fieldSpecs.length > 0 ? fieldSpecs.join(" ") : null;
		}
		formatTypeMods(typmods, context) {
			if (!typmods || typmods.length === 0) return null;
			const filteredMods = list_utils_1.ListUtils.unwrapList(typmods).filter((mod) => {
				if (mod && typeof mod === "object") {
					const aConst = mod.A_Const;
					if (aConst && aConst.ival) {
						if ((typeof aConst.ival === "object" ? aConst.ival.ival : aConst.ival) === 32767) return false;
					}
				}
				return true;
			});
			if (filteredMods.length === 0) return null;
			return filteredMods.map((mod) => {
				return this.deparse(mod, context);
			}).join(", ");
		}
		formatSingleTypeMod(typemod, typeName) {
			switch (typeName) {
				case "varchar":
				case "bpchar":
				case "char":
					if (typemod > 4) return (typemod - 64).toString();
					break;
				case "numeric":
				case "decimal":
					if (typemod > 4) {
						const modValue = typemod - 4;
						const precision = modValue >> 16 & 65535;
						const scale = modValue & 65535;
						if (scale > 0) return `${precision},${scale}`;
						else return precision.toString();
					}
					break;
				case "time":
				case "timetz":
				case "timestamp":
				case "timestamptz":
				case "interval": if (typemod >= 0) return typemod.toString();
			}
			return null;
		}
		getPgCatalogTypeName(typeName, size) {
			switch (typeName) {
				case "bpchar":
					if (size != null) return "char";
					return "bpchar";
				case "varchar": return "varchar";
				case "numeric": return "numeric";
				case "bool": return "boolean";
				case "int2": return "smallint";
				case "int4": return "int";
				case "int8": return "bigint";
				case "real": return "float4";
				case "time": return "time";
				case "timestamp": return "timestamp";
				case "interval": return "interval";
				case "bit": return "bit";
				default: return typeName;
			}
		}
		isPgCatalogType(typeName) {
			const cleanTypeName = typeName.replace(/^pg_catalog\./, "");
			if (pgCatalogTypes.includes(cleanTypeName)) return true;
			for (const [realType, aliases] of pgCatalogTypeAliases) if (aliases.includes(cleanTypeName)) return true;
			return false;
		}
		A_ArrayExpr(node, context) {
			return `ARRAY[${list_utils_1.ListUtils.unwrapList(node.elements).map((el) => this.visit(el, context)).join(", ")}]`;
		}
		A_Indices(node, context) {
			const output = [];
			if (node.is_slice) {
				if (node.lidx) output.push(this.visit(node.lidx, context));
				output.push(":");
				if (node.uidx) output.push(this.visit(node.uidx, context));
			} else if (node.uidx) output.push(this.visit(node.uidx, context));
			return `[${output.join("")}]`;
		}
		A_Indirection(node, context) {
			let argStr = this.visit(node.arg, context);
			const argType = this.getNodeType(node.arg);
			if (argType === "TypeCast" || argType === "SubLink" || argType === "A_Expr" || argType === "FuncCall" || argType === "A_Indirection" || argType === "ColumnRef" || argType === "RowExpr") argStr = `(${argStr})`;
			const output = [argStr];
			const indirection = list_utils_1.ListUtils.unwrapList(node.indirection);
			for (const subnode of indirection) if (subnode.String || subnode.A_Star) {
				const value = subnode.A_Star ? "*" : quotes_1.QuoteUtils.quoteIdentifier(subnode.String.sval || subnode.String.str);
				output.push(`.${value}`);
			} else output.push(this.visit(subnode, context));
			return output.join("");
		}
		A_Star(node, context) {
			return "*";
		}
		CaseExpr(node, context) {
			const output = ["CASE"];
			if (node.arg) output.push(this.visit(node.arg, context));
			const args = list_utils_1.ListUtils.unwrapList(node.args);
			if (context.isPretty() && args.length > 0) {
				for (const arg of args) {
					const whenClause = this.visit(arg, context);
					if (this.containsMultilineStringLiteral(whenClause)) output.push(context.newline() + whenClause);
					else output.push(context.newline() + context.indent(whenClause));
				}
				if (node.defresult) {
					const elseResult = this.visit(node.defresult, context);
					if (this.containsMultilineStringLiteral(elseResult)) output.push(context.newline() + "ELSE " + elseResult);
					else output.push(context.newline() + context.indent("ELSE " + elseResult));
				}
				output.push(context.newline() + "END");
				return output.join(" ");
			} else {
				for (const arg of args) output.push(this.visit(arg, context));
				if (node.defresult) {
					output.push("ELSE");
					output.push(this.visit(node.defresult, context));
				}
				output.push("END");
				return output.join(" ");
			}
		}
		CoalesceExpr(node, context) {
			return `COALESCE(${list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context)).join(", ")})`;
		}
		TypeCast(node, context) {
			const arg = this.visit(node.arg, context);
			const typeName = this.TypeName(node.typeName, context);
			if (typeName === "bpchar" || typeName === "pg_catalog.bpchar") {
				const names = node.typeName?.names;
				if (names && names.length === 2 && names[0]?.String?.sval === "pg_catalog" && names[1]?.String?.sval === "bpchar") return `CAST(${arg} AS ${typeName})`;
			}
			if (this.isPgCatalogType(typeName)) {
				const argType = this.getNodeType(node.arg);
				const isSimpleArgument = argType === "A_Const" || argType === "ColumnRef";
				const isFunctionCall = argType === "FuncCall";
				if (isSimpleArgument || isFunctionCall) {
					if (!(isSimpleArgument && (arg.includes("(") || arg.startsWith("-")))) {
						const cleanTypeName = typeName.replace("pg_catalog.", "");
						if (isFunctionCall) return `${context.parens(arg)}::${cleanTypeName}`;
						return `${arg}::${cleanTypeName}`;
					}
				}
			}
			return `CAST(${arg} AS ${typeName})`;
		}
		CollateClause(node, context) {
			const output = [];
			if (node.arg) {
				let argStr = this.visit(node.arg, context);
				const argType = this.getNodeType(node.arg);
				if (argType === "A_Expr" || argType === "FuncCall" || argType === "SubLink") argStr = `(${argStr})`;
				output.push(argStr);
			}
			output.push("COLLATE");
			if (node.collname) {
				const collname = list_utils_1.ListUtils.unwrapList(node.collname);
				output.push(collname.map((n) => this.visit(n, context)).join("."));
			}
			return output.join(" ");
		}
		BooleanTest(node, context) {
			const output = [];
			const boolContext = context.spawn("BooleanTest", { bool: true });
			output.push(this.visit(node.arg, boolContext));
			switch (node.booltesttype) {
				case "IS_TRUE":
					output.push("IS TRUE");
					break;
				case "IS_NOT_TRUE":
					output.push("IS NOT TRUE");
					break;
				case "IS_FALSE":
					output.push("IS FALSE");
					break;
				case "IS_NOT_FALSE":
					output.push("IS NOT FALSE");
					break;
				case "IS_UNKNOWN":
					output.push("IS UNKNOWN");
					break;
				case "IS_NOT_UNKNOWN": output.push("IS NOT UNKNOWN");
			}
			return output.join(" ");
		}
		NullTest(node, context) {
			const output = [];
			output.push(this.visit(node.arg, context));
			switch (node.nulltesttype) {
				case "IS_NULL":
					output.push("IS NULL");
					break;
				case "IS_NOT_NULL": output.push("IS NOT NULL");
			}
			return output.join(" ");
		}
		quoteIfNeeded(value) {
			return quotes_1.QuoteUtils.quoteIdentifier(value);
		}
		preserveOperatorDefElemCase(defName) {
			return {
				leftarg: "Leftarg",
				rightarg: "Rightarg",
				procedure: "Procedure",
				function: "Function",
				commutator: "Commutator",
				negator: "Negator",
				restrict: "Restrict",
				join: "Join",
				hashes: "Hashes",
				merges: "Merges"
			}[defName.toLowerCase()] || defName;
		}
		String(node, context) {
			if (context.isStringLiteral || context.isEnumValue) return quotes_1.QuoteUtils.formatEString(node.sval || "");
			const value = node.sval || "";
			if (context.parentNodeTypes.includes("DefElem") || context.parentNodeTypes.includes("CreateOpClassItem")) return value;
			if (context.parentNodeTypes.includes("ObjectWithArgs")) {
				if (/^[+\-*/<>=~!@#%^&|`?]+$/.test(value)) return value;
			}
			return quotes_1.QuoteUtils.quoteIdentifier(value);
		}
		Integer(node, context) {
			return node.ival?.toString() || "0";
		}
		Float(node, context) {
			return node.fval || "0.0";
		}
		Boolean(node, context) {
			return node.boolval ? "true" : "false";
		}
		BitString(node, context) {
			if (node.bsval.startsWith("x")) return `x'${node.bsval.substring(1)}'`;
			if (node.bsval.startsWith("b")) return `b'${node.bsval.substring(1)}'`;
			return `b'${node.bsval}'`;
		}
		Null(node, context) {
			return "NULL";
		}
		List(node, context) {
			if (!node.items || node.items.length === 0) return "";
			return node.items.map((item) => this.visit(item, context)).join(", ");
		}
		CreateStmt(node, context) {
			const output = ["CREATE"];
			if (node.relation && node.relation.relpersistence === "t") output.push("TEMPORARY");
			else if (node.relation && node.relation.relpersistence === "u") output.push("UNLOGGED");
			if (node.if_not_exists) output.push("TABLE IF NOT EXISTS");
			else output.push("TABLE");
			output.push(this.RangeVar(node.relation, context));
			if (node.ofTypename) {
				output.push("OF");
				output.push(this.TypeName(node.ofTypename, context));
				if (node.tableElts) {
					const elementStrs = list_utils_1.ListUtils.unwrapList(node.tableElts).map((el) => {
						return this.deparse(el, context);
					});
					output.push(context.parens(elementStrs.join(", ")));
				}
			} else if (node.tableElts && !node.partbound) {
				const elementStrs = list_utils_1.ListUtils.unwrapList(node.tableElts).map((el) => {
					return this.deparse(el, context.spawn("CreateStmt"));
				});
				if (context.isPretty()) {
					const formattedElements = elementStrs.map((el) => {
						const trimmedEl = el.trim();
						if (trimmedEl.startsWith("\n")) return context.indent(trimmedEl.substring(1));
						return context.indent(trimmedEl);
					}).join("," + context.newline());
					output.push("(" + context.newline() + formattedElements + context.newline() + ")");
				} else output.push(context.parens(elementStrs.join(", ")));
			} else if (!node.partbound) output.push(context.parens(""));
			if (node.partbound && node.inhRelations && node.inhRelations.length > 0) {
				output.push("PARTITION OF");
				const inheritStrs = list_utils_1.ListUtils.unwrapList(node.inhRelations).map((rel) => this.visit(rel, context));
				output.push(inheritStrs[0]);
				if (node.tableElts) {
					const elementStrs = list_utils_1.ListUtils.unwrapList(node.tableElts).map((el) => {
						return this.deparse(el, context.spawn("CreateStmt"));
					});
					output.push(context.parens(elementStrs.join(", ")));
				}
				if (node.partbound.is_default) output.push("DEFAULT");
				else if (node.partbound.strategy === "l" && node.partbound.listdatums) {
					output.push("FOR VALUES IN");
					const listValues = list_utils_1.ListUtils.unwrapList(node.partbound.listdatums).map((datum) => this.visit(datum, context)).join(", ");
					output.push(`(${listValues})`);
				} else if (node.partbound.strategy === "r" && (node.partbound.lowerdatums || node.partbound.upperdatums)) {
					output.push("FOR VALUES FROM");
					if (node.partbound.lowerdatums) {
						const lowerValues = list_utils_1.ListUtils.unwrapList(node.partbound.lowerdatums).map((datum) => this.visit(datum, context)).join(", ");
						output.push(`(${lowerValues})`);
					}
					if (node.partbound.upperdatums) {
						output.push("TO");
						const upperValues = list_utils_1.ListUtils.unwrapList(node.partbound.upperdatums).map((datum) => this.visit(datum, context)).join(", ");
						output.push(`(${upperValues})`);
					}
				} else if (node.partbound.strategy === "h") {
					output.push("FOR VALUES WITH");
					output.push(`(MODULUS ${node.partbound.modulus ?? 0}, REMAINDER ${node.partbound.remainder ?? 0})`);
				}
			} else if (node.inhRelations) {
				output.push("INHERITS");
				const inheritStrs = list_utils_1.ListUtils.unwrapList(node.inhRelations).map((rel) => this.visit(rel, context));
				output.push(context.parens(inheritStrs.join(", ")));
			}
			if (node.partspec) {
				output.push("PARTITION BY");
				switch (node.partspec.strategy) {
					case "PARTITION_STRATEGY_HASH":
						output.push("HASH");
						break;
					case "PARTITION_STRATEGY_LIST":
						output.push("LIST");
						break;
					case "PARTITION_STRATEGY_RANGE": output.push("RANGE");
				}
				if (node.partspec.partParams && node.partspec.partParams.length > 0) {
					const partParams = list_utils_1.ListUtils.unwrapList(node.partspec.partParams).map((param) => this.visit(param, context)).join(", ");
					output.push(`(${partParams})`);
				}
			}
			if (node.oncommit && node.oncommit !== "ONCOMMIT_NOOP") {
				output.push("ON COMMIT");
				switch (node.oncommit) {
					case "ONCOMMIT_PRESERVE_ROWS":
						output.push("PRESERVE ROWS");
						break;
					case "ONCOMMIT_DELETE_ROWS":
						output.push("DELETE ROWS");
						break;
					case "ONCOMMIT_DROP": output.push("DROP");
				}
			}
			if (node.options && node.options.length > 0) {
				const createStmtContext = context.spawn("CreateStmt");
				const optionStrs = node.options.map((option) => {
					return this.deparse(option, createStmtContext);
				});
				output.push("WITH", `(${optionStrs.join(", ")})`);
			}
			if (node.accessMethod) {
				output.push("USING");
				output.push(this.quoteIfNeeded(node.accessMethod));
			}
			return output.join(" ");
		}
		ColumnDef(node, context) {
			const output = [];
			if (node.colname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.colname));
			if (node.typeName) output.push(this.TypeName(node.typeName, context));
			if (node.storage_name) output.push("STORAGE", node.storage_name.toUpperCase());
			if (node.compression) output.push("COMPRESSION", quotes_1.QuoteUtils.quoteIdentifier(node.compression));
			if (node.fdwoptions && node.fdwoptions.length > 0) {
				output.push("OPTIONS");
				const columnContext = context.spawn("ColumnDef");
				const options = list_utils_1.ListUtils.unwrapList(node.fdwoptions).map((opt) => this.visit(opt, columnContext));
				output.push(`(${options.join(", ")})`);
			}
			if (node.collClause) output.push(this.CollateClause(node.collClause, context));
			if (node.constraints) {
				const constraintStrs = list_utils_1.ListUtils.unwrapList(node.constraints).map((constraint) => {
					const columnConstraintContext = context.spawn("ColumnDef", { isColumnConstraint: true });
					return this.visit(constraint, columnConstraintContext);
				});
				output.push(...constraintStrs);
			}
			if (node.raw_default) {
				output.push("DEFAULT");
				output.push(this.visit(node.raw_default, context));
			}
			if (node.generated) {
				output.push("GENERATED ALWAYS AS");
				output.push(`(${node.generated})`);
				output.push("STORED");
			}
			if (node.is_not_null) output.push("NOT NULL");
			return output.join(" ");
		}
		Constraint(node, context) {
			const output = [];
			if (node.conname && (node.contype === "CONSTR_CHECK" || node.contype === "CONSTR_UNIQUE" || node.contype === "CONSTR_PRIMARY" || node.contype === "CONSTR_FOREIGN" || node.contype === "CONSTR_NOTNULL" || node.contype === "CONSTR_EXCLUSION")) {
				output.push("CONSTRAINT");
				output.push(quotes_1.QuoteUtils.quoteIdentifier(node.conname));
			}
			switch (node.contype) {
				case "CONSTR_NULL":
					output.push("NULL");
					break;
				case "CONSTR_NOTNULL":
					output.push("NOT NULL");
					if (node.keys && node.keys.length > 0 && !context.isColumnConstraint) {
						const keyList = list_utils_1.ListUtils.unwrapList(node.keys).map((key) => this.visit(key, context)).join(", ");
						output.push(keyList);
					}
					if (node.is_no_inherit) output.push("NO INHERIT");
					if (node.skip_validation) output.push("NOT VALID");
					break;
				case "CONSTR_DEFAULT":
					output.push("DEFAULT");
					if (node.raw_expr) {
						const defaultExpr = this.visit(node.raw_expr, context);
						output.push(this.needsBExprParens(node.raw_expr) ? `(${defaultExpr})` : defaultExpr);
					}
					break;
				case "CONSTR_CHECK":
					if (context.isPretty() && !context.isColumnConstraint) output.push("\n" + context.indent("CHECK"));
					else output.push("CHECK");
					if (node.raw_expr) {
						if (context.isPretty()) {
							const checkExpr = this.visit(node.raw_expr, context);
							if (checkExpr.includes("\n")) output.push("(\n" + context.indent(checkExpr) + "\n)");
							else output.push(`(${checkExpr})`);
						} else output.push(context.parens(this.visit(node.raw_expr, context)));
					}
					if (node.is_enforced !== true && !context.isDomainConstraint) output.push("NOT ENFORCED");
					else if (node.skip_validation) output.push("NOT VALID");
					if (node.is_no_inherit && !context.isDomainConstraint) output.push("NO INHERIT");
					break;
				case "CONSTR_GENERATED":
					output.push("GENERATED");
					if (node.generated_when === "a") output.push("ALWAYS");
					else if (node.generated_when === "s") output.push("BY DEFAULT");
					output.push("AS");
					if (node.raw_expr) output.push(context.parens(this.visit(node.raw_expr, context)));
					output.push(node.generated_kind === "v" ? "VIRTUAL" : "STORED");
					break;
				case "CONSTR_IDENTITY":
					output.push("GENERATED");
					if (node.generated_when === "a") output.push("ALWAYS");
					else if (node.generated_when === "d" || node.generated_when === "s") output.push("BY DEFAULT");
					output.push("AS IDENTITY");
					if (node.options && node.options.length > 0) {
						const optionStrs = list_utils_1.ListUtils.unwrapList(node.options).map((option) => {
							if (option.DefElem) {
								const defElem = option.DefElem;
								if (defElem.defname === "sequence_name") {
									if (defElem.arg && defElem.arg.List) return `SEQUENCE NAME ${list_utils_1.ListUtils.unwrapList(defElem.arg).map((item) => this.visit(item, context)).join(".")}`;
									return "SEQUENCE NAME";
								} else if (defElem.defname === "start") return `START WITH ${defElem.arg ? this.visit(defElem.arg, context) : ""}`;
								else if (defElem.defname === "increment") return `INCREMENT BY ${defElem.arg ? this.visit(defElem.arg, context) : ""}`;
								else if (defElem.defname === "minvalue") {
									if (defElem.arg) return `MINVALUE ${this.visit(defElem.arg, context)}`;
									else return "NO MINVALUE";
								} else if (defElem.defname === "maxvalue") {
									if (defElem.arg) return `MAXVALUE ${this.visit(defElem.arg, context)}`;
									else return "NO MAXVALUE";
								} else if (defElem.defname === "cache") return `CACHE ${defElem.arg ? this.visit(defElem.arg, context) : ""}`;
								else if (defElem.defname === "cycle") return (defElem.arg ? this.visit(defElem.arg, context) : "") === "true" ? "CYCLE" : "NO CYCLE";
								const argValue = defElem.arg ? this.visit(defElem.arg, context) : "";
								return `${defElem.defname.toUpperCase()} ${argValue}`;
							}
							return this.visit(option, context);
						});
						if (context.isPretty()) {
							const indentedOptions = optionStrs.map((option) => context.indent(option));
							output.push("(\n" + indentedOptions.join("\n") + "\n)");
						} else output.push(`(${optionStrs.join(" ")})`);
					}
					break;
				case "CONSTR_PRIMARY":
					output.push("PRIMARY KEY");
					if (node.keys && node.keys.length > 0) {
						const keyItems = list_utils_1.ListUtils.unwrapList(node.keys).map((key) => this.visit(key, context));
						if (node.without_overlaps) keyItems[keyItems.length - 1] += " WITHOUT OVERLAPS";
						output.push(`(${keyItems.join(", ")})`);
					}
					if (node.indexname) {
						output.push("USING INDEX");
						output.push(node.indexname);
					}
					break;
				case "CONSTR_UNIQUE":
					if (context.isPretty() && !context.isColumnConstraint) output.push("\n" + context.indent("UNIQUE"));
					else output.push("UNIQUE");
					if (node.nulls_not_distinct) output.push("NULLS NOT DISTINCT");
					if (node.keys && node.keys.length > 0) {
						const keyItems = list_utils_1.ListUtils.unwrapList(node.keys).map((key) => this.visit(key, context));
						if (node.without_overlaps) keyItems[keyItems.length - 1] += " WITHOUT OVERLAPS";
						output.push(`(${keyItems.join(", ")})`);
					}
					if (node.indexname) {
						output.push("USING INDEX");
						output.push(node.indexname);
					}
					break;
				case "CONSTR_FOREIGN":
					if (!context.isColumnConstraint) {
						if (context.isPretty()) {
							output.push("\n" + context.indent("FOREIGN KEY"));
							if (node.fk_attrs && node.fk_attrs.length > 0) output.push(`(${this.deparseKeyAttrs(node.fk_attrs, node.fk_with_period, context)})`);
							output.push("\n" + context.indent("REFERENCES"));
						} else {
							output.push("FOREIGN KEY");
							if (node.fk_attrs && node.fk_attrs.length > 0) output.push(`(${this.deparseKeyAttrs(node.fk_attrs, node.fk_with_period, context)})`);
							output.push("REFERENCES");
						}
					} else output.push("REFERENCES");
					if (node.pktable) {
						if (context.isPretty() && !context.isColumnConstraint) {
							const lastIndex = output.length - 1;
							if (lastIndex >= 0 && output[lastIndex].includes("REFERENCES")) output[lastIndex] += " " + this.RangeVar(node.pktable, context);
							else output.push(this.RangeVar(node.pktable, context));
						} else output.push(this.RangeVar(node.pktable, context));
					}
					if (node.pk_attrs && node.pk_attrs.length > 0) {
						const pkAttrs = this.deparseKeyAttrs(node.pk_attrs, node.pk_with_period, context);
						if (context.isPretty() && !context.isColumnConstraint) {
							const lastIndex = output.length - 1;
							if (lastIndex >= 0) output[lastIndex] += ` (${pkAttrs})`;
							else output.push(`(${pkAttrs})`);
						} else output.push(`(${pkAttrs})`);
					}
					if (node.fk_matchtype && node.fk_matchtype !== "s") {
						let matchClause = "";
						switch (node.fk_matchtype) {
							case "f":
								matchClause = "MATCH FULL";
								break;
							case "p": matchClause = "MATCH PARTIAL";
						}
						if (context.isPretty() && !context.isColumnConstraint) output.push("\n" + context.indent(matchClause));
						else output.push(matchClause);
					}
					if (node.fk_upd_action && node.fk_upd_action !== "a") {
						let updateClause = "ON UPDATE ";
						switch (node.fk_upd_action) {
							case "r":
								updateClause += "RESTRICT";
								break;
							case "c":
								updateClause += "CASCADE";
								break;
							case "n":
								updateClause += "SET NULL";
								break;
							case "d": updateClause += "SET DEFAULT";
						}
						if (context.isPretty()) output.push("\n" + context.indent(updateClause));
						else {
							output.push("ON UPDATE");
							output.push(updateClause.replace("ON UPDATE ", ""));
						}
					}
					if (node.fk_del_action && node.fk_del_action !== "a") {
						let deleteClause = "ON DELETE ";
						switch (node.fk_del_action) {
							case "r":
								deleteClause += "RESTRICT";
								break;
							case "c":
								deleteClause += "CASCADE";
								break;
							case "n":
								deleteClause += "SET NULL";
								break;
							case "d": deleteClause += "SET DEFAULT";
						}
						if ((node.fk_del_action === "n" || node.fk_del_action === "d") && node.fk_del_set_cols && node.fk_del_set_cols.length > 0) {
							const setColumns = list_utils_1.ListUtils.unwrapList(node.fk_del_set_cols).map((column) => {
								const stringNode = column.String;
								return quotes_1.QuoteUtils.quoteIdentifier(stringNode.sval || stringNode.str || "");
							}).join(", ");
							deleteClause += ` (${setColumns})`;
						}
						if (context.isPretty()) output.push("\n" + context.indent(deleteClause));
						else {
							output.push("ON DELETE");
							output.push(deleteClause.replace("ON DELETE ", ""));
						}
					}
					if (node.is_enforced !== true && !context.isDomainConstraint) {
						if (context.isPretty() && !context.isColumnConstraint) output.push("\n" + context.indent("NOT ENFORCED"));
						else output.push("NOT ENFORCED");
					} else if (node.skip_validation && !context.isDomainConstraint) {
						if (context.isPretty() && !context.isColumnConstraint) output.push("\n" + context.indent("NOT VALID"));
						else output.push("NOT VALID");
					}
					break;
				case "CONSTR_ATTR_DEFERRABLE":
					output.push("DEFERRABLE");
					break;
				case "CONSTR_ATTR_NOT_DEFERRABLE":
					output.push("NOT DEFERRABLE");
					break;
				case "CONSTR_ATTR_DEFERRED":
					output.push("INITIALLY DEFERRED");
					break;
				case "CONSTR_ATTR_IMMEDIATE":
					output.push("INITIALLY IMMEDIATE");
					break;
				case "CONSTR_ATTR_ENFORCED":
					output.push("ENFORCED");
					break;
				case "CONSTR_ATTR_NOT_ENFORCED":
					output.push("NOT ENFORCED");
					break;
				case "CONSTR_EXCLUSION":
					output.push("EXCLUDE");
					if (node.access_method) {
						output.push("USING");
						output.push(node.access_method);
					}
					if (node.exclusions && node.exclusions.length > 0) {
						const exclusionElements = list_utils_1.ListUtils.unwrapList(node.exclusions).map((elem) => {
							if (this.getNodeType(elem) === "List") {
								const elemList = list_utils_1.ListUtils.unwrapList(elem);
								if (elemList.length >= 2) {
									const column = this.visit(elemList[0], context);
									const operatorNode = elemList[1];
									let operator = "";
									if (this.getNodeType(operatorNode) === "List") {
										const operatorList = list_utils_1.ListUtils.unwrapList(operatorNode);
										if (operatorList.length > 0 && operatorList[0].String) operator = operatorList[0].String.sval;
									} else if (operatorNode.String) operator = operatorNode.String.sval;
									else operator = this.visit(operatorNode, context);
									return `${column} WITH ${operator}`;
								}
							}
							return this.visit(elem, context);
						});
						output.push(`(${exclusionElements.join(", ")})`);
					}
					if (node.where_clause) {
						output.push("WHERE");
						output.push(context.parens(this.visit(node.where_clause, context)));
					}
			}
			if (node.contype === "CONSTR_PRIMARY" || node.contype === "CONSTR_UNIQUE" || node.contype === "CONSTR_FOREIGN" || node.contype === "CONSTR_EXCLUSION") {
				if (node.deferrable) {
					if (context.isPretty() && node.contype === "CONSTR_FOREIGN") {
						output.push("\n" + context.indent("DEFERRABLE"));
						if (node.initdeferred === true) output.push("\n" + context.indent("INITIALLY DEFERRED"));
						else if (node.initdeferred === false) output.push("\n" + context.indent("INITIALLY IMMEDIATE"));
					} else {
						output.push("DEFERRABLE");
						if (node.initdeferred === true) output.push("INITIALLY DEFERRED");
						else if (node.initdeferred === false) output.push("INITIALLY IMMEDIATE");
					}
				} else if (node.deferrable === false) {
					if (context.isPretty() && node.contype === "CONSTR_FOREIGN") output.push("\n" + context.indent("NOT DEFERRABLE"));
					else output.push("NOT DEFERRABLE");
				} else if (node.initdeferred) output.push("INITIALLY DEFERRED");
			}
			if (context.isPretty() && node.contype === "CONSTR_FOREIGN") {
				let result = "";
				for (let i = 0; i < output.length; i++) if (output[i].startsWith("\n")) result += output[i];
				else {
					if (i > 0 && !output[i - 1].startsWith("\n")) result += " ";
					result += output[i];
				}
				return result;
			}
			return output.join(" ");
		}
		SubLink(node, context) {
			const subselect = context.parens(this.visit(node.subselect, context));
			switch (node.subLinkType) {
				case "ANY_SUBLINK":
					if (node.testexpr && node.operName) return `${this.visit(node.testexpr, context)} ${this.deparseOperatorName(node.operName, context)} ANY ${subselect}`;
					else if (node.testexpr) return `${this.visit(node.testexpr, context)} IN ${subselect}`;
					return subselect;
				case "ALL_SUBLINK":
					if (node.testexpr && node.operName) return `${this.visit(node.testexpr, context)} ${this.deparseOperatorName(node.operName, context)} ALL ${subselect}`;
					return subselect;
				case "EXISTS_SUBLINK": return `EXISTS ${subselect}`;
				case "ARRAY_SUBLINK": return `ARRAY${subselect}`;
				default: return subselect;
			}
		}
		CaseWhen(node, context) {
			const output = ["WHEN"];
			if (node.expr) output.push(this.visit(node.expr, context));
			output.push("THEN");
			if (node.result) output.push(this.visit(node.result, context));
			return output.join(" ");
		}
		WindowDef(node, context) {
			const output = [];
			if (node.name) output.push(node.name);
			const windowParts = [];
			if (node.refname) windowParts.push(node.refname);
			if (node.partitionClause) {
				const partitionStrs = list_utils_1.ListUtils.unwrapList(node.partitionClause).map((p) => this.visit(p, context));
				windowParts.push(`PARTITION BY ${partitionStrs.join(", ")}`);
			}
			if (node.orderClause) {
				const orderStrs = list_utils_1.ListUtils.unwrapList(node.orderClause).map((o) => this.visit(o, context));
				windowParts.push(`ORDER BY ${orderStrs.join(", ")}`);
			}
			const frameClause = this.formatWindowFrame(node, context.spawn("WindowDef"));
			if (frameClause) windowParts.push(frameClause);
			if (windowParts.length > 0) {
				if (node.name) output.push("AS");
				output.push(`(${windowParts.join(" ")})`);
			} else if (node.name) {
				output.push("AS");
				output.push("()");
			} else if (output.length === 0) output.push("()");
			return output.join(" ");
		}
		formatIdentityColumnOptions(def, context) {
			const seqContext = context.spawn("AlterSeqStmt");
			return list_utils_1.ListUtils.unwrapList(def).map((item) => {
				const el = item.DefElem;
				if (!el) return this.visit(item, context);
				if (el.defname === "generated") return (el.arg?.Integer?.ival ?? 0) === 97 ? "SET GENERATED ALWAYS" : "SET GENERATED BY DEFAULT";
				if (el.defname === "restart") return el.arg ? `RESTART WITH ${this.visit(el.arg, context)}` : "RESTART";
				return `SET ${this.visit(item, seqContext)}`;
			}).join(" ");
		}
		needsBExprParens(node) {
			const nodeType = this.getNodeType(node);
			if (nodeType === "BoolExpr") return true;
			if (nodeType === "A_Expr") {
				const kind = this.getNodeData(node).kind;
				return kind !== "AEXPR_OP" && kind !== "AEXPR_DISTINCT" && kind !== "AEXPR_NOT_DISTINCT";
			}
			return false;
		}
		formatWindowFrame(node, context) {
			if (!node.frameOptions || !(node.frameOptions & FRAMEOPTION_NONDEFAULT)) return null;
			const frameOptions = node.frameOptions;
			const frameParts = [];
			if (frameOptions & FRAMEOPTION_RANGE) frameParts.push("RANGE");
			else if (frameOptions & FRAMEOPTION_ROWS) frameParts.push("ROWS");
			else if (frameOptions & FRAMEOPTION_GROUPS) frameParts.push("GROUPS");
			if (frameParts.length === 0) return null;
			let start = null;
			if (frameOptions & FRAMEOPTION_START_UNBOUNDED_PRECEDING) start = "UNBOUNDED PRECEDING";
			else if (frameOptions & FRAMEOPTION_START_UNBOUNDED_FOLLOWING) start = "UNBOUNDED FOLLOWING";
			else if (frameOptions & FRAMEOPTION_START_CURRENT_ROW) start = "CURRENT ROW";
			else if (frameOptions & FRAMEOPTION_START_OFFSET_PRECEDING && node.startOffset) start = `${this.visit(node.startOffset, context)} PRECEDING`;
			else if (frameOptions & FRAMEOPTION_START_OFFSET_FOLLOWING && node.startOffset) start = `${this.visit(node.startOffset, context)} FOLLOWING`;
			let end = null;
			if (frameOptions & FRAMEOPTION_END_UNBOUNDED_PRECEDING) end = "UNBOUNDED PRECEDING";
			else if (frameOptions & FRAMEOPTION_END_UNBOUNDED_FOLLOWING) end = "UNBOUNDED FOLLOWING";
			else if (frameOptions & FRAMEOPTION_END_CURRENT_ROW) end = "CURRENT ROW";
			else if (frameOptions & FRAMEOPTION_END_OFFSET_PRECEDING && node.endOffset) end = `${this.visit(node.endOffset, context)} PRECEDING`;
			else if (frameOptions & FRAMEOPTION_END_OFFSET_FOLLOWING && node.endOffset) end = `${this.visit(node.endOffset, context)} FOLLOWING`;
			if (start) {
				if (frameOptions & FRAMEOPTION_BETWEEN) frameParts.push(`BETWEEN ${start} AND ${end ?? "CURRENT ROW"}`);
				else frameParts.push(start);
			}
			if (frameOptions & FRAMEOPTION_EXCLUDE_CURRENT_ROW) frameParts.push("EXCLUDE CURRENT ROW");
			else if (frameOptions & FRAMEOPTION_EXCLUDE_GROUP) frameParts.push("EXCLUDE GROUP");
			else if (frameOptions & FRAMEOPTION_EXCLUDE_TIES) frameParts.push("EXCLUDE TIES");
			return frameParts.join(" ");
		}
		SortBy(node, context) {
			const output = [];
			if (node.node) output.push(this.visit(node.node, context));
			if (node.sortby_dir === "SORTBY_USING" && node.useOp) {
				output.push("USING");
				const useOp = list_utils_1.ListUtils.unwrapList(node.useOp);
				output.push(useOp.map((op) => {
					if (op.String && op.String.sval) return op.String.sval;
					return this.visit(op, context);
				}).join("."));
			} else if (node.sortby_dir === "SORTBY_ASC") output.push("ASC");
			else if (node.sortby_dir === "SORTBY_DESC") output.push("DESC");
			if (node.sortby_nulls === "SORTBY_NULLS_FIRST") output.push("NULLS FIRST");
			else if (node.sortby_nulls === "SORTBY_NULLS_LAST") output.push("NULLS LAST");
			return output.join(" ");
		}
		GroupingSet(node, context) {
			switch (node.kind) {
				case "GROUPING_SET_EMPTY": return "()";
				case "GROUPING_SET_SIMPLE": return "";
				case "GROUPING_SET_ROLLUP": return `ROLLUP (${list_utils_1.ListUtils.unwrapList(node.content).map((c) => this.visit(c, context)).join(", ")})`;
				case "GROUPING_SET_CUBE": return `CUBE (${list_utils_1.ListUtils.unwrapList(node.content).map((c) => this.visit(c, context)).join(", ")})`;
				case "GROUPING_SET_SETS": return `GROUPING SETS (${list_utils_1.ListUtils.unwrapList(node.content).map((c) => this.visit(c, context)).join(", ")})`;
				default: return "";
			}
		}
		CommonTableExpr(node, context) {
			const output = [];
			if (node.ctename) output.push(node.ctename);
			if (node.aliascolnames) {
				const colnameStrs = list_utils_1.ListUtils.unwrapList(node.aliascolnames).map((col) => this.visit(col, context));
				output[output.length - 1] += context.parens(colnameStrs.join(", "));
			}
			output.push("AS");
			if (node.ctematerialized === "CTEMaterializeNever") output.push("NOT MATERIALIZED");
			else if (node.ctematerialized === "CTEMaterializeAlways") output.push("MATERIALIZED");
			if (node.ctequery) output.push(context.parens(this.visit(node.ctequery, context)));
			if (node.search_clause) {
				const sc = node.search_clause;
				const cols = list_utils_1.ListUtils.unwrapList(sc.search_col_list).map((c) => this.visit(c, context));
				output.push("SEARCH", sc.search_breadth_first ? "BREADTH" : "DEPTH", "FIRST BY");
				output.push(cols.join(", "));
				output.push("SET", quotes_1.QuoteUtils.quoteIdentifier(sc.search_seq_column));
			}
			if (node.cycle_clause) {
				const cc = node.cycle_clause;
				const cols = list_utils_1.ListUtils.unwrapList(cc.cycle_col_list).map((c) => this.visit(c, context));
				output.push("CYCLE", cols.join(", "));
				output.push("SET", quotes_1.QuoteUtils.quoteIdentifier(cc.cycle_mark_column));
				if (cc.cycle_mark_value && cc.cycle_mark_default) {
					output.push("TO", this.formatAexprConst(cc.cycle_mark_value, context));
					output.push("DEFAULT", this.formatAexprConst(cc.cycle_mark_default, context));
				}
				output.push("USING", quotes_1.QuoteUtils.quoteIdentifier(cc.cycle_path_column));
			}
			return output.join(" ");
		}
		formatAexprConst(node, context) {
			const cast = node.TypeCast;
			if (cast?.arg?.A_Const?.sval && cast.typeName) return `${this.TypeName(cast.typeName, context)} ${this.visit(cast.arg, context)}`;
			return this.visit(node, context);
		}
		ParamRef(node, context) {
			return `$${node.number}`;
		}
		LockingClause(node, context) {
			const output = [];
			switch (node.strength) {
				case "LCS_FORUPDATE":
					output.push("FOR UPDATE");
					break;
				case "LCS_FORSHARE":
					output.push("FOR SHARE");
					break;
				case "LCS_FORKEYSHARE":
					output.push("FOR KEY SHARE");
					break;
				case "LCS_FORNOKEYUPDATE":
					output.push("FOR NO KEY UPDATE");
					break;
				default: throw new Error(`Unsupported locking strength: ${node.strength}`);
			}
			if (node.lockedRels && node.lockedRels.length > 0) {
				output.push("OF");
				const relations = list_utils_1.ListUtils.unwrapList(node.lockedRels).map((rel) => this.visit(rel, context)).join(", ");
				output.push(relations);
			}
			if (node.waitPolicy === "LockWaitSkip") output.push("SKIP LOCKED");
			else if (node.waitPolicy === "LockWaitError") output.push("NOWAIT");
			return output.join(" ");
		}
		MinMaxExpr(node, context) {
			const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
			if (node.op === "IS_GREATEST") return `GREATEST(${argStrs.join(", ")})`;
			else return `LEAST(${argStrs.join(", ")})`;
		}
		RowExpr(node, context) {
			const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
			if (node.row_format === "COERCE_IMPLICIT_CAST") return `(${argStrs.join(", ")})`;
			return `ROW(${argStrs.join(", ")})`;
		}
		OpExpr(node, context) {
			const args = list_utils_1.ListUtils.unwrapList(node.args);
			if (args.length === 2) {
				const left = this.visit(args[0], context);
				const right = this.visit(args[1], context);
				return `${left} ${this.getOperatorName(node.opno)} ${right}`;
			} else if (args.length === 1) {
				const arg = this.visit(args[0], context);
				return `${this.getOperatorName(node.opno)} ${arg}`;
			}
			throw new Error(`Unsupported OpExpr with ${args.length} arguments`);
		}
		DistinctExpr(node, context) {
			const args = list_utils_1.ListUtils.unwrapList(node.args);
			if (args.length === 2) {
				const literalContext = context.spawn("DistinctExpr", { isStringLiteral: true });
				return `${this.visit(args[0], literalContext)} IS DISTINCT FROM ${this.visit(args[1], literalContext)}`;
			}
			throw new Error(`DistinctExpr requires exactly 2 arguments, got ${args.length}`);
		}
		NullIfExpr(node, context) {
			const args = list_utils_1.ListUtils.unwrapList(node.args);
			if (args.length === 2) {
				const literalContext = context.spawn("NullIfExpr", { isStringLiteral: true });
				return `NULLIF(${this.visit(args[0], literalContext)}, ${this.visit(args[1], literalContext)})`;
			}
			throw new Error(`NullIfExpr requires exactly 2 arguments, got ${args.length}`);
		}
		ScalarArrayOpExpr(node, context) {
			const args = list_utils_1.ListUtils.unwrapList(node.args);
			if (args.length === 2) {
				const left = this.visit(args[0], context);
				const right = this.visit(args[1], context);
				const operator = node.useOr ? "ANY" : "ALL";
				return `${left} ${this.getOperatorName(node.opno)} ${operator}(${right})`;
			}
			throw new Error(`ScalarArrayOpExpr requires exactly 2 arguments, got ${args.length}`);
		}
		Aggref(node, context) {
			const funcName = this.getAggFunctionName(node.aggfnoid);
			let result = funcName + "(";
			const hasDistinct = node.aggdistinct && node.aggdistinct.length > 0;
			if (node.args && node.args.length > 0) {
				const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
				if (hasDistinct) result += "DISTINCT " + argStrs.join(", ");
				else result += argStrs.join(", ");
			} else if (funcName.toUpperCase() === "COUNT") {
				if (hasDistinct) result += "DISTINCT *";
				else result += "*";
			}
			result += ")";
			if (node.aggorder && node.aggorder.length > 0) {
				result += " ORDER BY ";
				const orderStrs = list_utils_1.ListUtils.unwrapList(node.aggorder).map((item) => this.visit(item, context));
				result += orderStrs.join(", ");
			}
			return result;
		}
		WindowFunc(node, context) {
			let result = this.getWindowFunctionName(node.winfnoid) + "(";
			if (node.args && node.args.length > 0) {
				const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
				result += argStrs.join(", ");
			}
			result += ") OVER (";
			if (node.winref && typeof node.winref === "object") result += this.visit(node.winref, context);
			else if (node.winref) result += "ORDER BY created_at ASC";
			result += ")";
			return result;
		}
		FieldSelect(node, context) {
			const output = [];
			if (node.arg) output.push(this.visit(node.arg, context));
			if (node.fieldnum !== void 0) output.push(`.field_${node.fieldnum}`);
			return output.join("");
		}
		RelabelType(node, context) {
			if (node.arg) {
				const literalContext = context.spawn("RelabelType", { isStringLiteral: true });
				return this.visit(node.arg, literalContext);
			}
			return "";
		}
		CoerceViaIO(node, context) {
			if (node.arg) return this.visit(node.arg, context);
			return "";
		}
		ArrayCoerceExpr(node, context) {
			if (node.arg) return this.visit(node.arg, context);
			return "";
		}
		ConvertRowtypeExpr(node, context) {
			if (node.arg) {
				const literalContext = context.spawn("ConvertRowtypeExpr", { isStringLiteral: true });
				return this.visit(node.arg, literalContext);
			}
			return "";
		}
		NamedArgExpr(node, context) {
			const output = [];
			if (node.name) {
				output.push(node.name);
				output.push("=>");
			}
			if (node.arg) output.push(this.visit(node.arg, context));
			return output.join(" ");
		}
		ViewStmt(node, context) {
			const output = [];
			output.push("CREATE");
			if (node.replace) output.push("OR REPLACE");
			if (node.view && node.view.relpersistence === "t") output.push("TEMPORARY");
			output.push("VIEW");
			if (node.view) output.push(this.RangeVar(node.view, context));
			if (node.aliases && node.aliases.length > 0) {
				const aliasStrs = list_utils_1.ListUtils.unwrapList(node.aliases).map((alias) => this.visit(alias, context));
				output.push(context.parens(aliasStrs.join(", ")));
			}
			if (node.options && node.options.length > 0) {
				const viewContext = context.spawn("ViewStmt");
				const optionStrs = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, viewContext));
				output.push(`WITH (${optionStrs.join(", ")})`);
			}
			output.push("AS");
			if (node.query) output.push(this.visit(node.query, context));
			if (node.withCheckOption) switch (node.withCheckOption) {
				case "CASCADED_CHECK_OPTION":
					output.push("WITH CASCADED CHECK OPTION");
					break;
				case "LOCAL_CHECK_OPTION": output.push("WITH LOCAL CHECK OPTION");
			}
			return output.join(" ");
		}
		IndexStmt(node, context) {
			const output = [];
			output.push("CREATE");
			if (node.unique) output.push("UNIQUE");
			output.push("INDEX");
			if (node.concurrent) output.push("CONCURRENTLY");
			if (node.if_not_exists) output.push("IF NOT EXISTS");
			if (node.idxname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.idxname));
			output.push("ON");
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			if (node.accessMethod && node.accessMethod !== "btree") {
				output.push("USING");
				output.push(node.accessMethod);
			}
			if (node.indexParams && node.indexParams.length > 0) {
				const paramStrs = list_utils_1.ListUtils.unwrapList(node.indexParams).map((param) => this.visit(param, context));
				output.push(context.parens(paramStrs.join(", ")));
			}
			if (node.indexIncludingParams && node.indexIncludingParams.length > 0) {
				const includeStrs = list_utils_1.ListUtils.unwrapList(node.indexIncludingParams).map((param) => this.visit(param, context));
				output.push("INCLUDE");
				output.push(context.parens(includeStrs.join(", ")));
			}
			if (node.nulls_not_distinct) output.push("NULLS NOT DISTINCT");
			if (node.options && node.options.length > 0) {
				const indexContext = context.spawn("IndexStmt");
				const optionStrs = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, indexContext));
				output.push("WITH");
				output.push(context.parens(optionStrs.join(", ")));
			}
			if (node.tableSpace) {
				output.push("TABLESPACE");
				output.push(quotes_1.QuoteUtils.quoteIdentifier(node.tableSpace));
			}
			if (node.whereClause) {
				output.push("WHERE");
				output.push(this.visit(node.whereClause, context));
			}
			return output.join(" ");
		}
		IndexElem(node, context) {
			const output = [];
			if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
			else if (node.expr) output.push(context.parens(this.visit(node.expr, context)));
			if (node.collation && node.collation.length > 0) {
				const collationStrs = list_utils_1.ListUtils.unwrapList(node.collation).map((coll) => this.visit(coll, context));
				output.push("COLLATE");
				output.push(collationStrs.join("."));
			}
			if (node.opclass && node.opclass.length > 0) {
				let opclassStr = list_utils_1.ListUtils.unwrapList(node.opclass).map((op) => this.visit(op, context)).join(".");
				if (node.opclassopts && node.opclassopts.length > 0) {
					const opclassOpts = list_utils_1.ListUtils.unwrapList(node.opclassopts).map((opt) => {
						if (opt.DefElem && opt.DefElem.arg && this.getNodeType(opt.DefElem.arg) === "String") {
							const stringData = this.getNodeData(opt.DefElem.arg);
							return `${opt.DefElem.defname}='${stringData.sval}'`;
						}
						return this.visit(opt, context.spawn("IndexElem"));
					});
					opclassStr += `(${opclassOpts.join(", ")})`;
				}
				output.push(opclassStr);
			}
			if (node.ordering) switch (node.ordering) {
				case "SORTBY_ASC":
					output.push("ASC");
					break;
				case "SORTBY_DESC": output.push("DESC");
			}
			if (node.nulls_ordering) switch (node.nulls_ordering) {
				case "SORTBY_NULLS_FIRST":
					output.push("NULLS FIRST");
					break;
				case "SORTBY_NULLS_LAST": output.push("NULLS LAST");
			}
			return output.join(" ");
		}
		PartitionElem(node, context) {
			const output = [];
			if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
			else if (node.expr) output.push(context.parens(this.visit(node.expr, context)));
			if (node.collation && node.collation.length > 0) {
				const collationStrs = list_utils_1.ListUtils.unwrapList(node.collation).map((coll) => this.visit(coll, context));
				output.push("COLLATE");
				output.push(collationStrs.join("."));
			}
			if (node.opclass && node.opclass.length > 0) {
				const opclassStrs = list_utils_1.ListUtils.unwrapList(node.opclass).map((op) => this.visit(op, context));
				output.push(opclassStrs.join("."));
			}
			return output.join(" ");
		}
		PartitionCmd(node, context) {
			const output = [];
			if (node.name) output.push(this.RangeVar(node.name, context));
			if (node.concurrent) output.push("CONCURRENTLY");
			if (node.bound) {
				if (node.bound.strategy === "l" && node.bound.listdatums) {
					output.push("FOR VALUES IN");
					const listValues = list_utils_1.ListUtils.unwrapList(node.bound.listdatums).map((datum) => this.visit(datum, context)).join(", ");
					output.push(`(${listValues})`);
				} else if (node.bound.strategy === "r" && (node.bound.lowerdatums || node.bound.upperdatums)) {
					output.push("FOR VALUES FROM");
					if (node.bound.lowerdatums) {
						const lowerValues = list_utils_1.ListUtils.unwrapList(node.bound.lowerdatums).map((datum) => this.visit(datum, context)).join(", ");
						output.push(`(${lowerValues})`);
					}
					if (node.bound.upperdatums) {
						output.push("TO");
						const upperValues = list_utils_1.ListUtils.unwrapList(node.bound.upperdatums).map((datum) => this.visit(datum, context)).join(", ");
						output.push(`(${upperValues})`);
					}
				} else if (node.bound.strategy === "h") {
					output.push("FOR VALUES WITH");
					output.push(`(MODULUS ${node.bound.modulus ?? 0}, REMAINDER ${node.bound.remainder ?? 0})`);
				} else if (node.bound.is_default) output.push("DEFAULT");
			}
			return output.join(" ");
		}
		getAggFunctionName(aggfnoid) {
			return {
				2100: "avg",
				2101: "count",
				2102: "max",
				2103: "min",
				2104: "sum",
				2105: "stddev",
				2106: "variance",
				2107: "array_agg",
				2108: "string_agg"
			}[aggfnoid || 0] || "unknown_agg";
		}
		getWindowFunctionName(winfnoid) {
			return {
				3100: "row_number",
				3101: "rank",
				3102: "dense_rank",
				3103: "percent_rank",
				3104: "cume_dist",
				3105: "ntile",
				3106: "lag",
				3107: "lead",
				3108: "first_value",
				3109: "last_value"
			}[winfnoid || 0] || "unknown_window_func";
		}
		getOperatorName(opno) {
			return {
				96: "=",
				518: "<>",
				97: "<",
				521: ">",
				523: "<=",
				525: ">=",
				551: "+",
				552: "-",
				553: "*",
				554: "/",
				555: "%",
				484: "-",
				1752: "~~",
				1753: "!~~",
				1754: "~~*",
				1755: "!~~*",
				15: "=",
				58: "<",
				59: "<=",
				61: ">",
				62: ">="
			}[opno || 0] || "=";
		}
		JoinExpr(node, context) {
			const output = [];
			if (node.larg) output.push(this.visit(node.larg, context));
			let joinStr = "";
			if (node.isNatural) joinStr = "NATURAL ";
			switch (node.jointype) {
				case "JOIN_INNER":
					if (node.isNatural) joinStr += "JOIN";
					else if (!node.quals && (!node.usingClause || node.usingClause.length === 0)) joinStr += "CROSS JOIN";
					else joinStr += "JOIN";
					break;
				case "JOIN_LEFT":
					joinStr += "LEFT JOIN";
					break;
				case "JOIN_FULL":
					joinStr += "FULL JOIN";
					break;
				case "JOIN_RIGHT":
					joinStr += "RIGHT JOIN";
					break;
				default: joinStr += "JOIN";
			}
			if (node.rarg) {
				let rargStr = this.visit(node.rarg, context);
				if (node.rarg && "JoinExpr" in node.rarg && !node.rarg.JoinExpr.alias) rargStr = `(${rargStr})`;
				if (context.isPretty()) output.push(context.newline() + joinStr + " " + rargStr);
				else output.push(joinStr + " " + rargStr);
			} else if (context.isPretty()) output.push(context.newline() + joinStr);
			else output.push(joinStr);
			if (node.usingClause && node.usingClause.length > 0) {
				const columnNames = list_utils_1.ListUtils.unwrapList(node.usingClause).map((col) => this.visit(col, context));
				if (context.isPretty()) output.push(` USING (${columnNames.join(", ")})`);
				else output.push(`USING (${columnNames.join(", ")})`);
			} else if (node.quals) {
				const qualsStr = this.visit(node.quals, context);
				if (context.isPretty()) {
					if (qualsStr.includes("AND") || qualsStr.includes("OR") || qualsStr.length > 50) {
						if (this.containsMultilineStringLiteral(qualsStr)) output.push(` ON ${qualsStr}`);
						else output.push(` ON${context.newline()}${context.indent(qualsStr)}`);
					} else output.push(` ON ${qualsStr}`);
				} else output.push(`ON ${qualsStr}`);
			}
			let result;
			if (context.isPretty()) result = output.join("");
			else result = output.join(" ");
			if (node.join_using_alias && node.join_using_alias.aliasname) {
				let aliasStr = node.join_using_alias.aliasname;
				if (node.join_using_alias.colnames && node.join_using_alias.colnames.length > 0) {
					const columnList = list_utils_1.ListUtils.unwrapList(node.join_using_alias.colnames).map((col) => this.visit(col, context)).join(", ");
					aliasStr += `(${columnList})`;
				}
				result += ` AS ${aliasStr}`;
			}
			if (node.alias && node.alias.aliasname) {
				let aliasStr = node.alias.aliasname;
				if (node.alias.colnames && node.alias.colnames.length > 0) {
					const columnList = list_utils_1.ListUtils.unwrapList(node.alias.colnames).map((col) => this.visit(col, context)).join(", ");
					aliasStr += `(${columnList})`;
				}
				result = `(${result}) ${aliasStr}`;
			}
			return result;
		}
		FromExpr(node, context) {
			let result = list_utils_1.ListUtils.unwrapList(node.fromlist).map((item) => this.visit(item, context)).join(", ");
			if (node.quals) result += ` WHERE ${this.visit(node.quals, context)}`;
			return result;
		}
		TransactionStmt(node, context) {
			const output = [];
			switch (node.kind) {
				case "TRANS_STMT_BEGIN":
					output.push("BEGIN");
					break;
				case "TRANS_STMT_START":
					output.push("START TRANSACTION");
					break;
				case "TRANS_STMT_COMMIT":
					output.push("COMMIT");
					break;
				case "TRANS_STMT_ROLLBACK":
					output.push("ROLLBACK");
					break;
				case "TRANS_STMT_SAVEPOINT":
					output.push("SAVEPOINT");
					if (node.savepoint_name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.savepoint_name));
					break;
				case "TRANS_STMT_RELEASE":
					output.push("RELEASE SAVEPOINT");
					if (node.savepoint_name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.savepoint_name));
					break;
				case "TRANS_STMT_ROLLBACK_TO":
					output.push("ROLLBACK TO");
					if (node.savepoint_name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.savepoint_name));
					break;
				case "TRANS_STMT_PREPARE":
					output.push("PREPARE TRANSACTION");
					if (node.gid) output.push(`'${node.gid}'`);
					break;
				case "TRANS_STMT_COMMIT_PREPARED":
					output.push("COMMIT PREPARED");
					if (node.gid) output.push(`'${node.gid}'`);
					break;
				case "TRANS_STMT_ROLLBACK_PREPARED":
					output.push("ROLLBACK PREPARED");
					if (node.gid) output.push(`'${node.gid}'`);
					break;
				default: throw new Error(`Unsupported TransactionStmt kind: ${node.kind}`);
			}
			if (node.options && node.options.length > 0) {
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => {
					if (option.DefElem) {
						const defElem = option.DefElem;
						if (defElem.defname === "transaction_read_only") {
							let boolValue = false;
							if (defElem.arg) {
								const nodeData = this.getNodeData(defElem.arg);
								if (nodeData.ival !== void 0) boolValue = (typeof nodeData.ival === "object" ? nodeData.ival.ival : nodeData.ival) === 1;
								else if (nodeData.sval !== void 0) {
									const stringValue = (typeof nodeData.sval === "object" ? nodeData.sval.sval : nodeData.sval).replace(/'/g, "");
									boolValue = stringValue.toLowerCase() === "on" || stringValue.toLowerCase() === "true";
								}
							}
							return boolValue ? "READ ONLY" : "READ WRITE";
						} else if (defElem.defname === "transaction_isolation") {
							if (defElem.arg && defElem.arg.A_Const && defElem.arg.A_Const.sval) return `ISOLATION LEVEL ${defElem.arg.A_Const.sval.sval.toUpperCase()}`;
						} else if (defElem.defname === "transaction_deferrable") {
							let boolValue = false;
							if (defElem.arg) {
								const nodeData = this.getNodeData(defElem.arg);
								if (nodeData.ival !== void 0) boolValue = (typeof nodeData.ival === "object" ? nodeData.ival.ival : nodeData.ival) === 1;
								else if (nodeData.sval !== void 0) {
									const stringValue = (typeof nodeData.sval === "object" ? nodeData.sval.sval : nodeData.sval).replace(/'/g, "");
									boolValue = stringValue.toLowerCase() === "on" || stringValue.toLowerCase() === "true";
								}
							}
							return boolValue ? "DEFERRABLE" : "NOT DEFERRABLE";
						}
					}
					return this.visit(option, context);
				}).filter(Boolean);
				if (options.length > 0) output.push(options.join(", "));
			}
			return output.join(" ");
		}
		VariableSetStmt(node, context) {
			switch (node.kind) {
				case "VAR_SET_VALUE":
					const localPrefix = node.is_local ? "LOCAL " : "";
					if (node.jumble_args && node.name === "xmloption" && node.args) {
						const xmlValue = this.getNodeData(list_utils_1.ListUtils.unwrapList(node.args)[0]);
						return `SET ${localPrefix}XML OPTION ${((typeof xmlValue.sval === "object" ? xmlValue.sval.sval : xmlValue.sval) || "").toUpperCase()}`;
					}
					const args = node.args ? list_utils_1.ListUtils.unwrapList(node.args).map((arg) => {
						const nodeData = this.getNodeData(arg);
						if (nodeData.sval !== void 0) {
							const svalValue = typeof nodeData.sval === "object" ? nodeData.sval.sval : nodeData.sval;
							if (svalValue === "" || svalValue.includes(" ") || svalValue.includes("-") || /[A-Z]/.test(svalValue) || /^\d/.test(svalValue) || svalValue.includes(".") || svalValue.includes("$") || svalValue.toLowerCase() === "all" || /^[+-]\d/.test(svalValue)) return `'${svalValue}'`;
							return svalValue;
						}
						return this.visit(arg, context);
					}).join(", ") : "";
					if (node.jumble_args && node.name === "timezone") return `SET ${localPrefix}TIME ZONE ${args}`;
					const paramName = quotes_1.QuoteUtils.quoteIdentifier(node.name);
					if (!node.args || node.args.length === 0) return `SET ${localPrefix}${paramName}`;
					return `SET ${localPrefix}${paramName} TO ${args}`;
				case "VAR_SET_DEFAULT":
					if (node.jumble_args && node.name === "timezone") return `SET ${node.is_local ? "LOCAL " : ""}TIME ZONE DEFAULT`;
					return `SET ${quotes_1.QuoteUtils.quoteIdentifier(node.name)} TO DEFAULT`;
				case "VAR_SET_CURRENT": return `SET ${quotes_1.QuoteUtils.quoteIdentifier(node.name)} FROM CURRENT`;
				case "VAR_SET_MULTI": if (node.name === "TRANSACTION" || node.name === "SESSION CHARACTERISTICS") {
					const transactionOptions = [];
					if (node.args) {
						const args = list_utils_1.ListUtils.unwrapList(node.args);
						for (const arg of args) if (arg.DefElem) {
							const defElem = arg.DefElem;
							if (defElem.defname === "transaction_isolation") {
								const value = defElem.arg ? this.visit(defElem.arg, context) : "";
								transactionOptions.push(`ISOLATION LEVEL ${value.replace(/'/g, "").toUpperCase()}`);
							} else if (defElem.defname === "transaction_read_only") {
								let boolValue = false;
								if (defElem.arg) {
									const nodeData = this.getNodeData(defElem.arg);
									if (nodeData.ival !== void 0) boolValue = (typeof nodeData.ival === "object" ? nodeData.ival.ival : nodeData.ival) === 1;
									else if (nodeData.sval !== void 0) {
										const stringValue = (typeof nodeData.sval === "object" ? nodeData.sval.sval : nodeData.sval).replace(/'/g, "");
										boolValue = stringValue.toLowerCase() === "on" || stringValue.toLowerCase() === "true";
									}
								}
								transactionOptions.push(boolValue ? "READ ONLY" : "READ WRITE");
							} else if (defElem.defname === "transaction_deferrable") {
								let boolValue = false;
								if (defElem.arg) {
									const nodeData = this.getNodeData(defElem.arg);
									if (nodeData.ival !== void 0) boolValue = (typeof nodeData.ival === "object" ? nodeData.ival.ival : nodeData.ival) === 1;
									else if (nodeData.sval !== void 0) {
										const stringValue = (typeof nodeData.sval === "object" ? nodeData.sval.sval : nodeData.sval).replace(/'/g, "");
										boolValue = stringValue.toLowerCase() === "on" || stringValue.toLowerCase() === "true";
									}
								}
								transactionOptions.push(boolValue ? "DEFERRABLE" : "NOT DEFERRABLE");
							}
						}
					}
					if (node.name === "SESSION CHARACTERISTICS") return `SET SESSION CHARACTERISTICS AS TRANSACTION ${transactionOptions.join(", ")}`;
					else return `SET TRANSACTION ${transactionOptions.join(", ")}`;
				} else return `SET ${node.args ? list_utils_1.ListUtils.unwrapList(node.args).map((arg) => {
					if (arg.VariableSetStmt) return this.VariableSetStmt(arg.VariableSetStmt, context);
					return this.visit(arg, context);
				}).join(", ") : ""}`;
				case "VAR_RESET": return `RESET ${quotes_1.QuoteUtils.quoteIdentifier(node.name)}`;
				case "VAR_RESET_ALL": return "RESET ALL";
				default: throw new Error(`Unsupported VariableSetStmt kind: ${node.kind}`);
			}
		}
		VariableShowStmt(node, context) {
			if (node.name === "ALL") return "SHOW ALL";
			return `SHOW ${node.name}`;
		}
		CreateSchemaStmt(node, context) {
			const output = ["CREATE SCHEMA"];
			if (node.if_not_exists) output.push("IF NOT EXISTS");
			if (node.schemaname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.schemaname));
			if (node.authrole) {
				output.push("AUTHORIZATION");
				output.push(this.RoleSpec(node.authrole, context));
			}
			if (node.schemaElts && node.schemaElts.length > 0) {
				const elements = list_utils_1.ListUtils.unwrapList(node.schemaElts).map((element) => this.visit(element, context)).join(" ");
				output.push(elements);
			}
			return output.join(" ");
		}
		RoleSpec(node, context) {
			if (node.rolename) return this.quoteIfNeeded(node.rolename);
			switch (node.roletype) {
				case "ROLESPEC_PUBLIC": return "PUBLIC";
				case "ROLESPEC_CURRENT_USER": return "CURRENT_USER";
				case "ROLESPEC_SESSION_USER": return "SESSION_USER";
				case "ROLESPEC_CURRENT_ROLE": return "CURRENT_ROLE";
				default: return "PUBLIC";
			}
		}
		roletype(node, context) {
			if (node.rolename) return node.rolename;
			return "";
		}
		DropStmt(node, context) {
			const output = ["DROP"];
			if (node.removeType) switch (node.removeType) {
				case "OBJECT_TABLE":
					output.push("TABLE");
					break;
				case "OBJECT_VIEW":
					output.push("VIEW");
					break;
				case "OBJECT_INDEX":
					output.push("INDEX");
					break;
				case "OBJECT_SEQUENCE":
					output.push("SEQUENCE");
					break;
				case "OBJECT_SCHEMA":
					output.push("SCHEMA");
					break;
				case "OBJECT_FUNCTION":
					output.push("FUNCTION");
					break;
				case "OBJECT_PROCEDURE":
					output.push("PROCEDURE");
					break;
				case "OBJECT_DATABASE":
					output.push("DATABASE");
					break;
				case "OBJECT_EXTENSION":
					output.push("EXTENSION");
					break;
				case "OBJECT_TYPE":
					output.push("TYPE");
					break;
				case "OBJECT_DOMAIN":
					output.push("DOMAIN");
					break;
				case "OBJECT_TRIGGER":
					output.push("TRIGGER");
					break;
				case "OBJECT_RULE":
					output.push("RULE");
					break;
				case "OBJECT_POLICY":
					output.push("POLICY");
					break;
				case "OBJECT_ROLE":
					output.push("ROLE");
					break;
				case "OBJECT_TABLESPACE":
					output.push("TABLESPACE");
					break;
				case "OBJECT_FOREIGN_SERVER":
					output.push("SERVER");
					break;
				case "OBJECT_FDW":
					output.push("FOREIGN DATA WRAPPER");
					break;
				case "OBJECT_PUBLICATION":
					output.push("PUBLICATION");
					break;
				case "OBJECT_SUBSCRIPTION":
					output.push("SUBSCRIPTION");
					break;
				case "OBJECT_CAST":
					output.push("CAST");
					break;
				case "OBJECT_TRANSFORM":
					output.push("TRANSFORM");
					break;
				case "OBJECT_ACCESS_METHOD":
					output.push("ACCESS METHOD");
					break;
				case "OBJECT_OPERATOR":
					output.push("OPERATOR");
					break;
				case "OBJECT_FOREIGN_TABLE":
					output.push("FOREIGN TABLE");
					break;
				case "OBJECT_MATVIEW":
					output.push("MATERIALIZED VIEW");
					break;
				case "OBJECT_OPCLASS":
					output.push("OPERATOR CLASS");
					break;
				case "OBJECT_OPFAMILY":
					output.push("OPERATOR FAMILY");
					break;
				case "OBJECT_COLLATION":
					output.push("COLLATION");
					break;
				case "OBJECT_CONVERSION":
					output.push("CONVERSION");
					break;
				case "OBJECT_LANGUAGE":
					output.push("LANGUAGE");
					break;
				case "OBJECT_LARGEOBJECT":
					output.push("LARGE OBJECT");
					break;
				case "OBJECT_AGGREGATE":
					output.push("AGGREGATE");
					break;
				case "OBJECT_STATISTIC_EXT":
					output.push("STATISTICS");
					break;
				case "OBJECT_EVENT_TRIGGER":
					output.push("EVENT TRIGGER");
					break;
				case "OBJECT_AMOP":
					output.push("OPERATOR CLASS");
					break;
				case "OBJECT_AMPROC":
					output.push("OPERATOR CLASS");
					break;
				case "OBJECT_ATTRIBUTE":
					output.push("ATTRIBUTE");
					break;
				case "OBJECT_DEFAULT":
					output.push("DEFAULT");
					break;
				case "OBJECT_DEFACL":
					output.push("DEFAULT PRIVILEGES");
					break;
				case "OBJECT_PARAMETER_ACL":
					output.push("PARAMETER");
					break;
				case "OBJECT_PUBLICATION_NAMESPACE":
					output.push("PUBLICATION");
					break;
				case "OBJECT_PUBLICATION_REL":
					output.push("PUBLICATION");
					break;
				case "OBJECT_ROUTINE":
					output.push("ROUTINE");
					break;
				case "OBJECT_TABCONSTRAINT":
					output.push("CONSTRAINT");
					break;
				case "OBJECT_TSCONFIGURATION":
					output.push("TEXT SEARCH CONFIGURATION");
					break;
				case "OBJECT_TSDICTIONARY":
					output.push("TEXT SEARCH DICTIONARY");
					break;
				case "OBJECT_TSPARSER":
					output.push("TEXT SEARCH PARSER");
					break;
				case "OBJECT_TSTEMPLATE":
					output.push("TEXT SEARCH TEMPLATE");
					break;
				case "OBJECT_USER_MAPPING":
					output.push("USER MAPPING");
					break;
				default: throw new Error(`Unsupported DROP object type: ${node.removeType}`);
			}
			if (node.concurrent) output.push("CONCURRENTLY");
			if (node.missing_ok) output.push("IF EXISTS");
			if (node.objects && node.objects.length > 0) {
				if (node.removeType === "OBJECT_POLICY") {
					const objList = node.objects[0];
					if (objList && objList.List && objList.List.items) {
						const items = objList.List.items.map((item) => {
							if (item.String && item.String.sval) return item.String.sval;
							return this.visit(item, context);
						});
						if (items.length === 3) {
							const [schemaName, tableName, policyName] = items;
							output.push(`${policyName} ON ${schemaName}.${tableName}`);
						} else if (items.length === 2) {
							const [tableName, policyName] = items;
							output.push(`${policyName} ON ${tableName}`);
						} else output.push(items.join(", "));
					}
				} else if (node.removeType === "OBJECT_CAST") {
					const objects = node.objects.map((objList) => {
						if (objList && objList.List && objList.List.items) {
							const items = objList.List.items.map((item) => {
								return this.visit(item, context);
							}).filter((name) => name && name.trim());
							if (items.length === 2) {
								const [sourceType, targetType] = items;
								return `(${sourceType} AS ${targetType})`;
							}
							return items.join(".");
						}
						return this.visit(objList, context);
					}).filter((name) => name && name.trim()).join(", ");
					if (objects) output.push(objects);
				} else if (node.removeType === "OBJECT_TRIGGER" || node.removeType === "OBJECT_RULE") {
					const objects = node.objects.map((objList) => {
						if (objList && objList.List && objList.List.items) {
							const items = objList.List.items.map((item) => {
								if (item.String && item.String.sval) return quotes_1.QuoteUtils.quoteIdentifier(item.String.sval);
								return this.visit(item, context);
							}).filter((name) => name && name.trim());
							if (items.length === 2) {
								const [tableName, triggerName] = items;
								return `${triggerName} ON ${tableName}`;
							} else if (items.length === 3) {
								const [schemaName, tableName, triggerName] = items;
								return `${triggerName} ON ${schemaName}.${tableName}`;
							}
							return items.join(".");
						}
						return this.visit(objList, context);
					}).filter((name) => name && name.trim()).join(", ");
					if (objects) output.push(objects);
				} else if (node.removeType === "OBJECT_OPFAMILY" || node.removeType === "OBJECT_OPCLASS") {
					const objects = node.objects.map((objList) => {
						if (objList && objList.List && objList.List.items) {
							const items = objList.List.items.map((item) => {
								if (item.String && item.String.sval) return item.String.sval;
								return this.visit(item, context);
							}).filter((name) => name && name.trim());
							if (items.length === 2) {
								const accessMethod = items[0];
								const objectName = items[1];
								return `${quotes_1.QuoteUtils.quoteIdentifier(objectName)} USING ${accessMethod}`;
							} else if (items.length === 3) {
								const accessMethod = items[0];
								const schemaName = items[1];
								const objectName = items[2];
								return `${quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, objectName)} USING ${accessMethod}`;
							}
							return items.join(".");
						}
						return this.visit(objList, context);
					}).filter((name) => name && name.trim()).join(", ");
					if (objects) output.push(objects);
				} else if (node.removeType === "OBJECT_TRANSFORM") {
					const objects = node.objects.map((objList) => {
						if (objList && objList.List && objList.List.items) {
							const items = objList.List.items.map((item) => {
								if (item.String && item.String.sval) return item.String.sval;
								return this.visit(item, context);
							}).filter((name) => name && name.trim());
							if (items.length === 2) {
								const [typeName, languageName] = items;
								return `FOR ${typeName} LANGUAGE ${languageName}`;
							}
							return items.join(".");
						}
						return this.visit(objList, context);
					}).filter((name) => name && name.trim()).join(", ");
					if (objects) output.push(objects);
				} else {
					const objects = node.objects.map((objList) => {
						if (Array.isArray(objList)) return objList.map((obj) => this.visit(obj, context)).filter((name) => name && name.trim()).join(".");
						if (objList && objList.List && objList.List.items) return objList.List.items.map((item) => {
							if (item.String && item.String.sval) return quotes_1.QuoteUtils.quoteIdentifier(item.String.sval);
							return this.visit(item, context);
						}).filter((name) => name && name.trim()).join(".");
						const objContext = context.spawn("DropStmt", { objtype: node.removeType });
						return this.visit(objList, objContext);
					}).filter((name) => name && name.trim()).join(", ");
					if (objects) output.push(objects);
				}
			}
			if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
			return output.join(" ");
		}
		TruncateStmt(node, context) {
			const output = ["TRUNCATE"];
			if (node.relations && node.relations.length > 0) {
				const relations = node.relations.map((relation) => this.visit(relation, context)).join(", ");
				output.push(relations);
			}
			if (node.restart_seqs) output.push("RESTART IDENTITY");
			if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
			return output.join(" ");
		}
		ReturnStmt(node, context) {
			const output = ["RETURN"];
			if (node.returnval) {
				const returnValue = this.visit(node.returnval, context);
				output.push(returnValue);
			}
			return output.join(" ");
		}
		PLAssignStmt(node, context) {
			const output = [];
			if (node.name) {
				let nameWithIndirection = quotes_1.QuoteUtils.quoteIdentifier(node.name);
				if (node.indirection && node.indirection.length > 0) {
					const indirectionStr = node.indirection.map((ind) => this.visit(ind, context)).join("");
					nameWithIndirection += indirectionStr;
				}
				output.push(nameWithIndirection);
			}
			output.push(":=");
			if (node.val) {
				const valAny = node.val;
				if (valAny.targetList) {
					output.push("SELECT");
					const targets = this.targetList(valAny.targetList, context);
					output.push(targets);
				} else {
					const valueStr = this.visit(node.val, context);
					output.push(valueStr);
				}
			}
			return output.join(" ");
		}
		CopyStmt(node, context) {
			const output = ["COPY"];
			if (node.relation) {
				const relationStr = this.RangeVar(node.relation, context);
				output.push(relationStr);
			} else if (node.query) {
				const queryStr = this.visit(node.query, context);
				output.push(`(${queryStr})`);
			}
			if (node.attlist && node.attlist.length > 0) {
				const columnList = list_utils_1.ListUtils.unwrapList(node.attlist).map((col) => this.visit(col, context)).join(", ");
				output.push(`(${columnList})`);
			}
			if (node.is_from) output.push("FROM");
			else output.push("TO");
			if (node.is_program) output.push("PROGRAM");
			if (node.filename) output.push(quotes_1.QuoteUtils.escape(node.filename));
			else output.push(node.is_from ? "STDIN" : "STDOUT");
			if (node.options && node.options.length > 0) {
				output.push("WITH");
				const optionsStr = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context.spawn("CopyStmt"))).join(", ");
				output.push(`(${optionsStr})`);
			}
			if (node.whereClause) {
				output.push("WHERE");
				const whereStr = this.visit(node.whereClause, context);
				output.push(whereStr);
			}
			return output.join(" ");
		}
		AlterTableStmt(node, context) {
			const output = ["ALTER"];
			if (node.objtype) switch (node.objtype) {
				case "OBJECT_TABLE":
					output.push("TABLE");
					break;
				case "OBJECT_INDEX":
					output.push("INDEX");
					break;
				case "OBJECT_SEQUENCE":
					output.push("SEQUENCE");
					break;
				case "OBJECT_VIEW":
					output.push("VIEW");
					break;
				case "OBJECT_MATVIEW":
					output.push("MATERIALIZED VIEW");
					break;
				case "OBJECT_FOREIGN_TABLE":
					output.push("FOREIGN TABLE");
					break;
				case "OBJECT_TYPE":
					output.push("TYPE");
					break;
				default: output.push("TABLE");
			}
			else output.push("TABLE");
			if (node.missing_ok) output.push("IF EXISTS");
			const alterContext = context.spawn("AlterTableStmt", { objtype: node.objtype });
			if (node.relation) {
				const relationStr = this.RangeVar(node.relation, alterContext);
				output.push(relationStr);
			}
			if (node.cmds && node.cmds.length > 0) {
				const commands = list_utils_1.ListUtils.unwrapList(node.cmds);
				if (context.isPretty()) {
					const commandsStr = commands.map((cmd) => {
						const cmdStr = this.visit(cmd, alterContext);
						return context.newline() + context.indent(cmdStr);
					}).join(",");
					output.push(commandsStr);
				} else {
					const commandsStr = commands.map((cmd) => this.visit(cmd, alterContext)).join(", ");
					output.push(commandsStr);
				}
			}
			return output.join(" ");
		}
		AlterTableCmd(node, context) {
			const output = [];
			if (node.subtype) switch (node.subtype) {
				case "AT_AddColumn":
					if (context.objtype === "OBJECT_TYPE") output.push("ADD ATTRIBUTE");
					else output.push("ADD COLUMN");
					if (node.missing_ok) output.push("IF NOT EXISTS");
					if (node.def) {
						const colDefData = this.getNodeData(node.def);
						if (context.isPretty()) {
							const parts = [];
							const indentedParts = [];
							if (colDefData.colname) parts.push(quotes_1.QuoteUtils.quoteIdentifier(colDefData.colname));
							if (colDefData.typeName) parts.push(this.TypeName(colDefData.typeName, context));
							if (colDefData.is_not_null) indentedParts.push("NOT NULL");
							if (colDefData.collClause) indentedParts.push(this.CollateClause(colDefData.collClause, context));
							if (colDefData.constraints) list_utils_1.ListUtils.unwrapList(colDefData.constraints).forEach((constraint) => {
								const columnConstraintContext = context.spawn("ColumnDef", { isColumnConstraint: true });
								const constraintStr = this.visit(constraint, columnConstraintContext);
								if (constraintStr.includes("REFERENCES") && constraintStr.includes("ON DELETE")) {
									const refMatch = constraintStr.match(/^(.*REFERENCES[^)]*\([^)]*\))\s*(ON\s+DELETE\s+CASCADE.*)$/);
									if (refMatch) {
										indentedParts.push(refMatch[1]);
										indentedParts.push(refMatch[2]);
									} else indentedParts.push(constraintStr);
								} else if (constraintStr === "UNIQUE" && colDefData.raw_default) {
									const defaultStr = "DEFAULT " + this.visit(colDefData.raw_default, context);
									indentedParts.push("UNIQUE " + defaultStr);
								} else indentedParts.push(constraintStr);
							});
							if (colDefData.raw_default && !colDefData.constraints?.some((c) => {
								return this.visit(c, context.spawn("ColumnDef", { isColumnConstraint: true })) === "UNIQUE";
							})) {
								const defaultStr = "DEFAULT " + this.visit(colDefData.raw_default, context);
								indentedParts.push(defaultStr);
							}
							if (colDefData.fdwoptions && colDefData.fdwoptions.length > 0) {
								indentedParts.push("OPTIONS");
								const columnContext = context.spawn("ColumnDef");
								const options = list_utils_1.ListUtils.unwrapList(colDefData.fdwoptions).map((opt) => this.visit(opt, columnContext));
								indentedParts.push(`(${options.join(", ")})`);
							}
							let result = parts.join(" ");
							if (indentedParts.length > 0) {
								const indentedStr = indentedParts.map((part) => context.indent(part)).join(context.newline());
								result += context.newline() + indentedStr;
							}
							output.push(result);
						} else {
							const parts = [];
							if (colDefData.colname) parts.push(quotes_1.QuoteUtils.quoteIdentifier(colDefData.colname));
							if (colDefData.typeName) parts.push(this.TypeName(colDefData.typeName, context));
							if (colDefData.collClause) parts.push(this.CollateClause(colDefData.collClause, context));
							if (colDefData.fdwoptions && colDefData.fdwoptions.length > 0) {
								parts.push("OPTIONS");
								const columnContext = context.spawn("ColumnDef");
								const options = list_utils_1.ListUtils.unwrapList(colDefData.fdwoptions).map((opt) => this.visit(opt, columnContext));
								parts.push(`(${options.join(", ")})`);
							}
							if (colDefData.constraints) {
								const constraintStrs = list_utils_1.ListUtils.unwrapList(colDefData.constraints).map((constraint) => {
									const columnConstraintContext = context.spawn("ColumnDef", { isColumnConstraint: true });
									return this.visit(constraint, columnConstraintContext);
								});
								parts.push(...constraintStrs);
							}
							if (colDefData.raw_default) {
								parts.push("DEFAULT");
								parts.push(this.visit(colDefData.raw_default, context));
							}
							if (colDefData.is_not_null) parts.push("NOT NULL");
							output.push(parts.join(" "));
						}
					}
					if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
					break;
				case "AT_DropColumn":
					if (node.missing_ok) {
						if (context.objtype === "OBJECT_TYPE") output.push("DROP ATTRIBUTE IF EXISTS");
						else output.push("DROP COLUMN IF EXISTS");
					} else if (context.objtype === "OBJECT_TYPE") output.push("DROP ATTRIBUTE");
					else output.push("DROP COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
					else if (node.behavior === "DROP_RESTRICT") output.push("RESTRICT");
					break;
				case "AT_AlterColumnType":
					if (context.objtype === "OBJECT_TYPE") output.push("ALTER ATTRIBUTE");
					else output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("TYPE");
					if (node.def) {
						const nodeData = this.getNodeData(node.def);
						if (nodeData && nodeData.typeName) {
							output.push(this.TypeName(nodeData.typeName, context));
							if (nodeData.collClause) output.push(this.CollateClause(nodeData.collClause, context));
							if (nodeData.raw_default) {
								output.push("USING");
								output.push(this.visit(nodeData.raw_default, context));
							}
						} else {
							const typeDef = this.visit(node.def, context);
							output.push(typeDef);
						}
					}
					if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
					break;
				case "AT_SetTableSpace":
					output.push("SET TABLESPACE");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_AddConstraint":
					output.push("ADD");
					if (node.def) {
						const constraintDef = this.visit(node.def, context);
						output.push(constraintDef);
					}
					break;
				case "AT_DropConstraint":
					if (node.missing_ok) output.push("DROP CONSTRAINT IF EXISTS");
					else output.push("DROP CONSTRAINT");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
					else if (node.behavior === "DROP_RESTRICT") output.push("RESTRICT");
					break;
				case "AT_SetRelOptions":
					output.push("SET");
					if (node.def) {
						const alterTableContext = context.spawn("AlterTableCmd", { subtype: "AT_SetRelOptions" });
						const options = list_utils_1.ListUtils.unwrapList(node.def).map((option) => this.visit(option, alterTableContext)).join(", ");
						output.push(`(${options})`);
					} else output.push("()");
					break;
				case "AT_ResetRelOptions":
					output.push("RESET");
					if (node.def) {
						const alterTableContext = context.spawn("AlterTableCmd", { subtype: "AT_ResetRelOptions" });
						const options = list_utils_1.ListUtils.unwrapList(node.def).map((option) => this.visit(option, alterTableContext)).join(", ");
						output.push(`(${options})`);
					} else output.push("()");
					break;
				case "AT_ColumnDefault":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					if (node.def) {
						output.push("SET DEFAULT");
						output.push(this.visit(node.def, context));
					} else output.push("DROP DEFAULT");
					break;
				case "AT_SetStorage":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("SET STORAGE");
					if (node.def) {
						const storageType = this.visit(node.def, context);
						output.push(storageType);
					}
					break;
				case "AT_ClusterOn":
					output.push("CLUSTER ON");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_DropCluster":
					output.push("SET WITHOUT CLUSTER");
					break;
				case "AT_ChangeOwner":
					output.push("OWNER TO");
					if (node.newowner) output.push(this.RoleSpec(node.newowner, context));
					break;
				case "AT_AddInherit":
					output.push("INHERIT");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_DropInherit":
					output.push("NO INHERIT");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_SetNotNull":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("SET NOT NULL");
					break;
				case "AT_DropNotNull":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("DROP NOT NULL");
					break;
				case "AT_SetStatistics":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					else if (node.num !== void 0 && node.num !== null) output.push(node.num.toString());
					output.push("SET STATISTICS");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_SetOptions":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("SET");
					if (node.def) {
						const alterTableContext = context.spawn("AlterTableCmd", { subtype: "AT_SetOptions" });
						const options = list_utils_1.ListUtils.unwrapList(node.def).map((option) => this.visit(option, alterTableContext)).join(", ");
						output.push(`(${options})`);
					} else output.push("()");
					break;
				case "AT_ResetOptions":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("RESET");
					if (node.def) {
						const alterTableContext = context.spawn("AlterTableCmd", { subtype: "AT_ResetOptions" });
						const options = list_utils_1.ListUtils.unwrapList(node.def).map((option) => this.visit(option, alterTableContext)).join(", ");
						output.push(`(${options})`);
					} else output.push("()");
					break;
				case "AT_SetCompression":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("SET COMPRESSION");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_ValidateConstraint":
					output.push("VALIDATE CONSTRAINT");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_EnableTrig":
					output.push("ENABLE TRIGGER");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_EnableAlwaysTrig":
					output.push("ENABLE ALWAYS TRIGGER");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_EnableReplicaTrig":
					output.push("ENABLE REPLICA TRIGGER");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_DisableTrig":
					output.push("DISABLE TRIGGER");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_EnableTrigAll":
					output.push("ENABLE TRIGGER ALL");
					break;
				case "AT_DisableTrigAll":
					output.push("DISABLE TRIGGER ALL");
					break;
				case "AT_EnableTrigUser":
					output.push("ENABLE TRIGGER USER");
					break;
				case "AT_DisableTrigUser":
					output.push("DISABLE TRIGGER USER");
					break;
				case "AT_EnableRule":
					output.push("ENABLE RULE");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_EnableAlwaysRule":
					output.push("ENABLE ALWAYS RULE");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_EnableReplicaRule":
					output.push("ENABLE REPLICA RULE");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_DisableRule":
					output.push("DISABLE RULE");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "AT_SetAccessMethod":
					output.push("SET ACCESS METHOD");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					else output.push("DEFAULT");
					break;
				case "AT_EnableRowSecurity":
					output.push("ENABLE ROW LEVEL SECURITY");
					break;
				case "AT_DisableRowSecurity":
					output.push("DISABLE ROW LEVEL SECURITY");
					break;
				case "AT_ForceRowSecurity":
					output.push("FORCE ROW LEVEL SECURITY");
					break;
				case "AT_NoForceRowSecurity":
					output.push("NO FORCE ROW LEVEL SECURITY");
					break;
				case "AT_AttachPartition":
					output.push("ATTACH PARTITION");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_DetachPartition":
					output.push("DETACH PARTITION");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_DetachPartitionFinalize":
					output.push("DETACH PARTITION");
					if (node.def) output.push(this.visit(node.def, context));
					output.push("FINALIZE");
					break;
				case "AT_SetLogged":
					output.push("SET LOGGED");
					break;
				case "AT_SetUnLogged":
					output.push("SET UNLOGGED");
					break;
				case "AT_AddColumnToView":
					output.push("ADD COLUMN");
					if (node.def) {
						const columnDef = this.visit(node.def, context);
						output.push(columnDef);
					}
					break;
				case "AT_CookedColumnDefault":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					if (node.def) {
						output.push("SET DEFAULT");
						output.push(this.visit(node.def, context));
					} else output.push("DROP DEFAULT");
					break;
				case "AT_SetExpression":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("SET EXPRESSION");
					if (node.def) {
						output.push("AS");
						output.push(context.parens(this.visit(node.def, context)));
					}
					break;
				case "AT_DropExpression":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("DROP EXPRESSION");
					if (node.missing_ok) output.push("IF EXISTS");
					break;
				case "AT_AddIndex":
					output.push("ADD");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_ReAddIndex":
					output.push("ADD");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_ReAddConstraint":
					output.push("ADD");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_ReAddDomainConstraint":
					output.push("ADD");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_AlterConstraint":
					if (node.def && this.getNodeType(node.def) === "ATAlterConstraint") output.push(this.ATAlterConstraint(this.getNodeData(node.def), context));
					else {
						output.push("ALTER CONSTRAINT");
						if (node.def && this.getNodeType(node.def) === "Constraint") {
							const constraintData = this.getNodeData(node.def);
							if (constraintData.conname) {
								output.push(quotes_1.QuoteUtils.quoteIdentifier(constraintData.conname));
								if (constraintData.deferrable !== void 0) output.push(constraintData.deferrable ? "DEFERRABLE" : "NOT DEFERRABLE");
								if (constraintData.initdeferred !== void 0) output.push(constraintData.initdeferred ? "INITIALLY DEFERRED" : "INITIALLY IMMEDIATE");
							}
						} else if (node.name) {
							output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
							if (node.def) output.push(this.visit(node.def, context));
						}
					}
					break;
				case "AT_AddIndexConstraint":
					output.push("ADD");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_ReAddComment":
					output.push("COMMENT");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_AlterColumnGenericOptions":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("OPTIONS");
					if (node.def) {
						const alterColumnContext = context.spawn("AlterTableCmd", { alterColumnOptions: true });
						const options = list_utils_1.ListUtils.unwrapList(node.def).map((option) => this.visit(option, alterColumnContext)).join(", ");
						output.push(`(${options})`);
					}
					break;
				case "AT_DropOids":
					output.push("SET WITHOUT OIDS");
					break;
				case "AT_ReplaceRelOptions":
					output.push("REPLACE");
					if (node.def && Array.isArray(node.def)) {
						const options = list_utils_1.ListUtils.unwrapList(node.def).map((option) => this.visit(option, context)).join(", ");
						output.push(`(${options})`);
					} else output.push("()");
					break;
				case "AT_AddOf":
					output.push("OF");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_DropOf":
					output.push("NOT OF");
					break;
				case "AT_ReplicaIdentity":
					output.push("REPLICA IDENTITY");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_GenericOptions":
					output.push("OPTIONS");
					if (node.def) {
						const alterTableContext = context.spawn("AlterTableCmd", { alterTableOptions: true });
						const options = list_utils_1.ListUtils.unwrapList(node.def).map((option) => this.visit(option, alterTableContext)).join(", ");
						output.push(`(${options})`);
					}
					break;
				case "AT_AddIdentity":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("ADD");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_SetIdentity":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					if (node.def) output.push(this.formatIdentityColumnOptions(node.def, context));
					break;
				case "AT_DropIdentity":
					output.push("ALTER COLUMN");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					output.push("DROP IDENTITY");
					if (node.missing_ok) output.push("IF EXISTS");
					break;
				case "AT_ReAddStatistics":
					output.push("ADD");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				default: throw new Error(`Unsupported AlterTableCmd subtype: ${node.subtype}`);
			}
			return output.join(" ");
		}
		CreateFunctionStmt(node, context) {
			const output = ["CREATE"];
			if (node.replace) output.push("OR REPLACE");
			if (node.is_procedure) output.push("PROCEDURE");
			else output.push("FUNCTION");
			if (node.funcname && node.funcname.length > 0) {
				const funcnameParts = node.funcname.map((name) => name.String?.sval || name.String?.str || "").filter((s) => s);
				const funcName = quotes_1.QuoteUtils.quoteDottedName(funcnameParts);
				if (node.parameters && node.parameters.length > 0) {
					const params = node.parameters.filter((param) => {
						return this.getNodeData(param).mode !== "FUNC_PARAM_TABLE";
					}).map((param) => this.visit(param, context));
					if (params.length > 0) {
						if (context.isPretty()) {
							const formattedParams = params.map((p) => context.indent(p)).join("," + context.newline());
							output.push(funcName + "(" + context.newline() + formattedParams + context.newline() + ")");
						} else output.push(funcName + "(" + params.join(", ") + ")");
					} else output.push(funcName + "()");
				} else output.push(funcName + "()");
			}
			if (node.parameters && node.parameters.some((param) => {
				return this.getNodeData(param).mode === "FUNC_PARAM_TABLE";
			})) {
				const tableParams = node.parameters.filter((param) => {
					return this.getNodeData(param).mode === "FUNC_PARAM_TABLE";
				}).map((param) => this.visit(param, context));
				if (context.isPretty()) {
					const formattedTableParams = tableParams.map((p) => context.indent(p)).join("," + context.newline());
					output.push("RETURNS TABLE (" + context.newline() + formattedTableParams + context.newline() + ")");
				} else {
					output.push("RETURNS TABLE (");
					output.push(tableParams.join(", "));
					output.push(")");
				}
			} else if (node.returnType) {
				output.push("RETURNS");
				output.push(this.TypeName(node.returnType, context));
			}
			if (node.options && node.options.length > 0) {
				const funcContext = context.spawn("CreateFunctionStmt");
				const options = node.options.map((opt) => this.visit(opt, funcContext));
				output.push(...options);
			}
			if (node.sql_body) {
				const bodyType = this.getNodeType(node.sql_body);
				if (bodyType === "ReturnStmt") output.push(this.visit(node.sql_body, context));
				else {
					output.push("BEGIN ATOMIC");
					if (bodyType === "List") {
						const statements = list_utils_1.ListUtils.unwrapList(node.sql_body);
						if (statements.length === 0 || statements.length === 1 && Object.keys(statements[0]).length === 0) {} else {
							let actualStatements = statements;
							if (statements.length === 1 && statements[0].List) actualStatements = list_utils_1.ListUtils.unwrapList(statements[0]);
							const stmtStrings = actualStatements.filter((stmt) => stmt && Object.keys(stmt).length > 0).map((stmt) => {
								const stmtSql = this.visit(stmt, context);
								return stmtSql.endsWith(";") ? stmtSql : stmtSql + ";";
							});
							if (stmtStrings.length > 0) output.push(stmtStrings.join(" "));
						}
					} else {
						const bodyStmt = this.visit(node.sql_body, context);
						if (bodyStmt && !bodyStmt.endsWith(";")) output.push(bodyStmt + ";");
						else output.push(bodyStmt);
					}
					output.push("END");
				}
			}
			return output.join(" ");
		}
		FunctionParameter(node, context) {
			const output = [];
			if (node.mode) switch (node.mode) {
				case "FUNC_PARAM_IN":
					output.push("IN");
					break;
				case "FUNC_PARAM_OUT":
					output.push("OUT");
					break;
				case "FUNC_PARAM_INOUT":
					output.push("INOUT");
					break;
				case "FUNC_PARAM_VARIADIC": output.push("VARIADIC");
			}
			if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
			if (node.argType) output.push(this.TypeName(node.argType, context));
			if (node.defexpr) {
				output.push("DEFAULT");
				output.push(this.visit(node.defexpr, context));
			}
			return output.join(" ");
		}
		CreateEnumStmt(node, context) {
			const output = ["CREATE", "TYPE"];
			if (node.typeName) {
				const typeName = list_utils_1.ListUtils.unwrapList(node.typeName).map((name) => this.visit(name, context)).join(".");
				output.push(typeName);
			}
			output.push("AS", "ENUM");
			if (node.vals && node.vals.length > 0) {
				const enumContext = context.spawn("CreateEnumStmt", { isEnumValue: true });
				const values = list_utils_1.ListUtils.unwrapList(node.vals).map((val) => this.visit(val, enumContext)).join(", ");
				output.push(`(${values})`);
			} else output.push("()");
			return output.join(" ");
		}
		CreateDomainStmt(node, context) {
			const output = ["CREATE", "DOMAIN"];
			if (node.domainname) {
				const domainName = list_utils_1.ListUtils.unwrapList(node.domainname).map((name) => this.visit(name, context)).join(".");
				output.push(domainName);
			}
			if (node.typeName) {
				output.push("AS");
				output.push(this.TypeName(node.typeName, context));
			}
			if (node.collClause) output.push(this.CollateClause(node.collClause, context));
			if (node.constraints) {
				const constraints = list_utils_1.ListUtils.unwrapList(node.constraints).map((constraint) => this.visit(constraint, context)).join(" ");
				if (constraints) output.push(constraints);
			}
			return output.join(" ");
		}
		CreateRoleStmt(node, context) {
			const output = ["CREATE"];
			if (node.stmt_type === "ROLESTMT_ROLE") output.push("ROLE");
			else if (node.stmt_type === "ROLESTMT_USER") output.push("USER");
			else if (node.stmt_type === "ROLESTMT_GROUP") output.push("GROUP");
			else output.push("ROLE");
			if (node.role) {
				const roleName = quotes_1.QuoteUtils.quoteIdentifier(node.role);
				output.push(roleName);
			}
			if (node.options) {
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, context.spawn("CreateRoleStmt"))).join(" ");
				if (options) {
					output.push("WITH");
					output.push(options);
				}
			}
			return output.join(" ");
		}
		DefElem(node, context) {
			if (!node.defname) return "";
			if (context.parentNodeTypes.includes("DefineStmt") && ["commutator", "negator"].includes(node.defname.toLowerCase())) {
				if (node.arg && this.getNodeType(node.arg) === "List") {
					const listData = this.getNodeData(node.arg);
					const listItems = list_utils_1.ListUtils.unwrapList(listData.items);
					if (listItems.length === 1 && listItems[0].String) return `${this.preserveOperatorDefElemCase(node.defname)} = ${listItems[0].String.sval}`;
				}
			}
			if (context.parentNodeTypes.includes("IndexElem")) {
				if (node.arg && this.getNodeType(node.arg) === "String") {
					const stringData = this.getNodeData(node.arg);
					return `${node.defname}='${stringData.sval}'`;
				}
				return `${node.defname}=${this.visit(node.arg, context.spawn("DefElem"))}`;
			}
			if (context.parentNodeTypes.includes("DefineStmt") && ["hashes", "merges"].includes(node.defname.toLowerCase()) && !node.arg) {
				if (node.defname !== node.defname.toLowerCase() && node.defname !== node.defname.toUpperCase()) return quotes_1.QuoteUtils.quoteIdentifier(node.defname);
				return node.defname.charAt(0).toUpperCase() + node.defname.slice(1).toLowerCase();
			}
			if (context.parentNodeTypes.includes("AlterFdwStmt") || context.parentNodeTypes.includes("CreateFdwStmt") || context.parentNodeTypes.includes("CreateForeignServerStmt") || context.parentNodeTypes.includes("AlterForeignServerStmt") || context.parentNodeTypes.includes("CreateUserMappingStmt") || context.parentNodeTypes.includes("AlterUserMappingStmt") || context.parentNodeTypes.includes("ColumnDef") || context.parentNodeTypes.includes("CreateForeignTableStmt") || context.parentNodeTypes.includes("ImportForeignSchemaStmt") || context.alterColumnOptions || context.alterTableOptions) {
				if (["handler", "validator"].includes(node.defname)) {
					if (!node.arg) return `NO ${node.defname.toUpperCase()}`;
					const defElemContext = context.spawn("DefElem");
					const argValue = this.visit(node.arg, defElemContext);
					return `${node.defname.toUpperCase()} ${argValue}`;
				}
				if (node.arg) {
					const defElemContext = context.spawn("DefElem");
					const argValue = this.visit(node.arg, defElemContext);
					if (context.parentNodeTypes.includes("CreateFdwStmt") || context.parentNodeTypes.includes("AlterFdwStmt")) {
						const finalValue = typeof argValue === "string" && !argValue.startsWith("'") ? `'${argValue}'` : argValue;
						const quotedDefname = quotes_1.QuoteUtils.quoteIdentifier(node.defname);
						if (node.defaction === "DEFELEM_ADD") return `ADD ${quotedDefname} ${finalValue}`;
						else if (node.defaction === "DEFELEM_DROP") return `DROP ${quotedDefname}`;
						else if (node.defaction === "DEFELEM_SET") return `SET ${quotedDefname} ${finalValue}`;
						return `${quotedDefname} ${finalValue}`;
					}
					const quotedValue = typeof argValue === "string" && !argValue.startsWith("'") ? `'${argValue}'` : argValue;
					if (node.defaction === "DEFELEM_ADD") return `ADD ${node.defname} ${quotedValue}`;
					else if (node.defaction === "DEFELEM_DROP") return `DROP ${node.defname}`;
					else if (node.defaction === "DEFELEM_SET") return `SET ${node.defname} ${quotedValue}`;
					return `${quotes_1.QuoteUtils.quoteIdentifier(node.defname)} ${quotedValue}`;
				} else if (node.defaction === "DEFELEM_DROP") return `DROP ${node.defname}`;
			}
			if ((context.parentNodeTypes.includes("CreateSeqStmt") || context.parentNodeTypes.includes("AlterSeqStmt")) && (node.defname === "minvalue" || node.defname === "maxvalue") && !node.arg) return `NO ${node.defname.toUpperCase()}`;
			if (context.parentNodeTypes.includes("CreateRoleStmt") || context.parentNodeTypes.includes("AlterRoleStmt")) {
				if (node.defname === "password") {
					if (!node.arg) return "PASSWORD NULL";
					const defElemContext = context.spawn("DefElem");
					const argValue = this.visit(node.arg, defElemContext);
					return `PASSWORD ${typeof argValue === "string" && !argValue.startsWith("'") ? `'${argValue}'` : argValue}`;
				}
			}
			if (node.arg) {
				const defElemContext = context.spawn("DefElem");
				const argValue = this.visit(node.arg, defElemContext);
				if (context.parentNodeTypes.includes("AlterOperatorStmt")) {
					if (node.arg && this.getNodeType(node.arg) === "TypeName") {
						const typeNameData = this.getNodeData(node.arg);
						if (typeNameData.names) {
							const names = list_utils_1.ListUtils.unwrapList(typeNameData.names);
							if (names.length === 1 && names[0].String) return `${node.defname} = ${names[0].String.sval}`;
						}
					}
					if (node.arg && this.getNodeType(node.arg) === "List") {
						const listData = this.getNodeData(node.arg);
						const listItems = list_utils_1.ListUtils.unwrapList(listData.items);
						if (listItems.length === 1 && listItems[0].String) return `${node.defname} = ${listItems[0].String.sval}`;
					}
				}
				if (context.parentNodeTypes.includes("CreatedbStmt") || context.parentNodeTypes.includes("DropdbStmt")) {
					const quotedValue = typeof argValue === "string" ? quotes_1.QuoteUtils.escape(argValue) : argValue;
					return `${node.defname} = ${quotedValue}`;
				}
				if (context.parentNodeTypes.includes("CreateForeignServerStmt") || context.parentNodeTypes.includes("AlterForeignServerStmt")) {
					const quotedValue = typeof argValue === "string" ? quotes_1.QuoteUtils.escape(argValue) : argValue;
					return `${quotes_1.QuoteUtils.quoteIdentifier(node.defname)} ${quotedValue}`;
				}
				if (context.parentNodeTypes.includes("CreateRoleStmt") || context.parentNodeTypes.includes("AlterRoleStmt")) {
					if (node.defname === "rolemembers") {
						if (node.arg && this.getNodeType(node.arg) === "List") {
							const listData = this.getNodeData(node.arg);
							const roleNames = list_utils_1.ListUtils.unwrapList(listData.items).map((item) => this.visit(item, context));
							if (context.parentNodeTypes.includes("CreateRoleStmt")) return `ROLE ${roleNames.join(", ")}`;
							else return `ADD USER ${roleNames.join(", ")}`;
						}
					}
					if (node.defname === "addroleto") {
						if (node.arg && this.getNodeType(node.arg) === "List") {
							const listData = this.getNodeData(node.arg);
							return `IN ROLE ${list_utils_1.ListUtils.unwrapList(listData.items).map((item) => this.visit(item, context)).join(", ")}`;
						}
					}
					if (node.defname === "validUntil") return `VALID UNTIL ${typeof argValue === "string" && !argValue.startsWith("'") ? `'${argValue}'` : argValue}`;
					if (node.defname === "adminmembers") return `ADMIN ${argValue}`;
					if (node.defname === "connectionlimit") return `CONNECTION LIMIT ${argValue}`;
					if (node.defname === "sysid") return `SYSID ${argValue}`;
					if (String(argValue) === "true") {
						if (node.defname === "isreplication") return "REPLICATION";
						if (node.defname === "canlogin") return "LOGIN";
						return node.defname.toUpperCase();
					} else if (String(argValue) === "false") {
						if (node.defname === "canlogin") return "NOLOGIN";
						if (node.defname === "isreplication") return "NOREPLICATION";
						return `NO${node.defname.toUpperCase()}`;
					}
				}
				if (context.parentNodeTypes.includes("CreateSeqStmt") || context.parentNodeTypes.includes("AlterSeqStmt")) {
					if (node.defname === "owned_by") {
						if (node.arg && this.getNodeType(node.arg) === "List") {
							const listData = this.getNodeData(node.arg);
							const listItems = list_utils_1.ListUtils.unwrapList(listData.items);
							if (listItems.length === 1 && listItems[0].String?.sval === "none") return "OWNED BY NONE";
							return `OWNED BY ${listItems.map((item) => {
								const itemData = this.getNodeData(item);
								if (this.getNodeType(item) === "String") {
									const value = itemData.sval;
									return quotes_1.QuoteUtils.quoteIdentifier(value);
								}
								return this.visit(item, context);
							}).join(".")}`;
						} else return `OWNED BY ${argValue}`;
					}
					if (node.defname === "cycle") {
						const boolValue = String(argValue).toLowerCase();
						if (boolValue === "true" || boolValue === "1") return "CYCLE";
						else if (boolValue === "false" || boolValue === "0") return "NO CYCLE";
					}
					if ((node.defname === "minvalue" || node.defname === "maxvalue") && !node.arg) return `NO ${node.defname.toUpperCase()}`;
					return `${node.defname.toUpperCase()} ${argValue}`;
				}
				if (context.parentNodeTypes.includes("CreateTableSpaceStmt") || context.parentNodeTypes.includes("AlterTableSpaceOptionsStmt")) return `${node.defname.toUpperCase()} ${argValue}`;
				if (context.parentNodeTypes.includes("ExplainStmt")) {
					if (argValue) return `${node.defname.toUpperCase()} ${argValue.toUpperCase()}`;
					else return node.defname.toUpperCase();
				}
				if (context.parentNodeTypes.includes("DoStmt")) {
					if (node.defname === "as") {
						const defElemContext = context.spawn("DefElem");
						const argValue = node.arg ? this.visit(node.arg, defElemContext) : "";
						if (Array.isArray(argValue)) {
							const body = argValue.join("");
							const delimiter = this.getFunctionDelimiter(body);
							return `${delimiter}${body}${delimiter}`;
						} else {
							const delimiter = this.getFunctionDelimiter(argValue);
							return `${delimiter}${argValue}${delimiter}`;
						}
					}
					return "";
				}
				if (context.parentNodeTypes.includes("CreateFunctionStmt") || context.parentNodeTypes.includes("AlterFunctionStmt")) {
					if (node.defname === "as") {
						if (node.arg && node.arg.List) {
							const bodyParts = (node.arg.List.items || []).map((item) => {
								if (item.String) return item.String.sval;
								return this.visit(item, context);
							});
							if (bodyParts.length === 1) {
								const body = bodyParts[0];
								const delimiter = this.getFunctionDelimiter(body);
								return `AS ${delimiter}${body}${delimiter}`;
							} else return `AS ${bodyParts.map((part) => {
								const delimiter = this.getFunctionDelimiter(part);
								return `${delimiter}${part}${delimiter}`;
							}).join(", ")}`;
						} else if (Array.isArray(argValue)) {
							const bodyParts = argValue;
							if (bodyParts.length === 1) {
								const body = bodyParts[0];
								const delimiter = this.getFunctionDelimiter(body);
								return `AS ${delimiter}${body}${delimiter}`;
							} else return `AS ${bodyParts.map((part) => {
								const delimiter = this.getFunctionDelimiter(part);
								return `${delimiter}${part}${delimiter}`;
							}).join(", ")}`;
						} else {
							const delimiter = this.getFunctionDelimiter(argValue);
							return `AS ${delimiter}${argValue}${delimiter}`;
						}
					}
					if (node.defname === "language") return `LANGUAGE ${argValue}`;
					if (node.defname === "volatility") return argValue.toUpperCase();
					if (node.defname === "strict") return argValue === "true" ? "STRICT" : "CALLED ON NULL INPUT";
					if (node.defname === "security") return argValue === "true" ? "SECURITY DEFINER" : "SECURITY INVOKER";
					if (node.defname === "leakproof") return argValue === "true" ? "LEAKPROOF" : "NOT LEAKPROOF";
					if (node.defname === "cost") return `COST ${argValue}`;
					if (node.defname === "rows") return `ROWS ${argValue}`;
					if (node.defname === "window") return argValue === "true" ? "WINDOW" : "";
					if (node.defname === "set") return this.visit(node.arg, context);
					return `${node.defname.toUpperCase()} ${argValue}`;
				}
				if (context.parentNodeTypes.includes("CreateExtensionStmt") || context.parentNodeTypes.includes("AlterExtensionStmt") || context.parentNodeTypes.includes("CreateFdwStmt") || context.parentNodeTypes.includes("AlterFdwStmt")) {
					if (context.parentNodeTypes.includes("AlterExtensionStmt")) {
						if (node.defname === "new_version") return `UPDATE TO ${typeof argValue === "string" && !argValue.startsWith("'") ? `'${argValue}'` : argValue}`;
						if (node.defname === "schema") return `SET SCHEMA ${argValue}`;
					}
					if (context.parentNodeTypes.includes("CreateFdwStmt")) {
						if (["handler", "validator"].includes(node.defname)) return `${node.defname.toUpperCase()} ${argValue}`;
						const quotedValue = typeof argValue === "string" ? quotes_1.QuoteUtils.escape(argValue) : argValue;
						return `${node.defname} ${quotedValue}`;
					}
					if (node.defname === "cascade") return argValue === "true" ? "CASCADE" : "";
					return `${node.defname.toUpperCase()} ${argValue}`;
				}
				if (context.parentNodeTypes.includes("IndexStmt")) return `${node.defname}=${argValue}`;
				if (context.parentNodeTypes.includes("IndexElem")) {
					if (node.arg && this.getNodeType(node.arg) === "String") {
						const stringData = this.getNodeData(node.arg);
						return `${node.defname}='${stringData.sval}'`;
					}
					return `${node.defname}=${argValue}`;
				}
				if (context.parentNodeTypes.includes("CreateStmt")) {
					const relOptName = node.defnamespace ? `${quotes_1.QuoteUtils.quoteIdentifier(node.defnamespace)}.${quotes_1.QuoteUtils.quoteIdentifier(node.defname)}` : quotes_1.QuoteUtils.quoteIdentifier(node.defname);
					if (node.arg && this.getNodeType(node.arg) === "Integer") return `${relOptName}=${this.getNodeData(node.arg).ival}`;
					return `${relOptName}=${argValue}`;
				}
				if (context.parentNodeTypes.includes("CreateEventTrigStmt")) {
					if (node.arg && this.getNodeType(node.arg) === "List") {
						const listData = this.getNodeData(node.arg);
						const values = list_utils_1.ListUtils.unwrapList(listData.items).map((item) => {
							if (this.getNodeType(item) === "String") return `'${this.getNodeData(item).sval || ""}'`;
							return this.visit(item, context);
						});
						return `${node.defname} IN (${values.join(", ")})`;
					}
					return `${node.defname} = ${argValue}`;
				}
				if ((context.parentNodeTypes.includes("AlterTableCmd") || context.parentNodeTypes.includes("AlterTableStmt")) && !context.parentNodeTypes.includes("ColumnDef")) {
					const optionName = node.defnamespace ? `${node.defnamespace}.${node.defname}` : node.defname;
					if (node.arg && this.getNodeType(node.arg) === "TypeName") return `${optionName} = ${argValue}`;
					return `${optionName} = ${argValue}`;
				}
				if (context.parentNodeTypes.includes("ViewStmt")) {
					if (typeof argValue === "string" && /^\d+$/.test(argValue)) return `${node.defname}=${argValue}`;
					const quotedValue = typeof argValue === "string" ? quotes_1.QuoteUtils.escape(argValue) : argValue;
					return `${node.defname} = ${quotedValue}`;
				}
				if (context.parentNodeTypes.includes("CopyStmt")) {
					const optName = node.defname.toUpperCase();
					if (!node.arg) return optName;
					const copyArgType = this.getNodeType(node.arg);
					if (copyArgType === "Boolean" && this.getNodeData(node.arg).boolval !== false) return optName;
					if (copyArgType === "List") return `${optName} (${list_utils_1.ListUtils.unwrapList(this.getNodeData(node.arg).items).map((item) => this.visit(item, context)).join(", ")})`;
					if (copyArgType === "String") {
						const sval = this.getNodeData(node.arg).sval;
						if (node.defname === "format") return `${optName} ${sval}`;
						return `${optName} ${quotes_1.QuoteUtils.escape(sval)}`;
					}
					return `${optName} ${argValue}`;
				}
				if (context.parentNodeTypes.includes("DefineStmt")) {
					const preservedName = this.preserveOperatorDefElemCase(node.defname);
					if (["commutator", "negator"].includes(node.defname.toLowerCase())) {
						if (node.arg) {
							if (node.arg && this.getNodeType(node.arg) === "List") {
								const listData = this.getNodeData(node.arg);
								const listItems = list_utils_1.ListUtils.unwrapList(listData.items);
								if (listItems.length === 1 && listItems[0].String) return `${preservedName} = ${listItems[0].String.sval}`;
							}
							return `${preservedName} = ${argValue.replace(/^"(.*)"$/, "$1")}`;
						}
						return preservedName;
					}
					if (["hashes", "merges"].includes(node.defname.toLowerCase())) {
						if (node.defname !== node.defname.toLowerCase() && node.defname !== node.defname.toUpperCase()) return quotes_1.QuoteUtils.quoteIdentifier(node.defname);
						return preservedName.toUpperCase();
					}
					const quotedDefname = quotes_1.QuoteUtils.quoteIdentifier(node.defname);
					if (quotedDefname !== node.defname) {
						if (node.arg) {
							if (this.getNodeType(node.arg) === "String") {
								const stringData = this.getNodeData(node.arg);
								if (stringData.sval === "true" || stringData.sval === "false") return `${quotedDefname} = ${stringData.sval}`;
								return `${quotedDefname} = '${stringData.sval}'`;
							}
							return `${quotedDefname} = ${argValue}`;
						}
						return quotedDefname;
					}
					if (preservedName !== node.defname) {
						if (node.arg) return `${preservedName} = ${argValue}`;
						return preservedName;
					}
					if (node.arg && this.getNodeType(node.arg) === "String") {
						const stringData = this.getNodeData(node.arg);
						if (stringData.sval === "true" || stringData.sval === "false") return `${node.defname} = ${stringData.sval}`;
						return `${node.defname} = '${stringData.sval}'`;
					}
					if (node.arg && this.getNodeType(node.arg) === "Boolean") {
						const boolData = this.getNodeData(node.arg);
						return `${node.defname} = ${boolData.boolval ? "true" : "false"}`;
					}
					if (node.arg && this.getNodeType(node.arg) === "Integer") {
						const intData = this.getNodeData(node.arg);
						return `${node.defname} = ${intData.ival}`;
					}
					if (node.arg && this.getNodeType(node.arg) === "TypeName") {
						const typeNameData = this.getNodeData(node.arg);
						if (typeNameData.names) {
							const names = list_utils_1.ListUtils.unwrapList(typeNameData.names);
							if (names.length === 1 && names[0].String) return `${node.defname} = ${names[0].String.sval}`;
						}
						return `${node.defname} = ${argValue}`;
					}
				}
				const argType = this.getNodeType(node.arg);
				if (argType === "TypeName" || argType === "Integer" || argType === "Float" || argType === "Boolean") return `${node.defname} = ${argValue}`;
				const quotedValue = typeof argValue === "string" ? quotes_1.QuoteUtils.escape(argValue) : argValue;
				return `${node.defname} = ${quotedValue}`;
			}
			if (context.parentNodeTypes.includes("DefineStmt") && !node.arg) {
				if (node.defname !== node.defname.toLowerCase() && node.defname !== node.defname.toUpperCase()) return quotes_1.QuoteUtils.quoteIdentifier(node.defname);
			}
			return node.defname.toUpperCase();
		}
		CreateTableSpaceStmt(node, context) {
			const output = ["CREATE", "TABLESPACE"];
			if (node.tablespacename) output.push(node.tablespacename);
			if (node.owner) {
				output.push("OWNER");
				output.push(this.RoleSpec(node.owner, context));
			}
			if (node.location) {
				output.push("LOCATION");
				output.push(`'${node.location}'`);
			}
			if (node.options && node.options.length > 0) {
				output.push("WITH");
				const tsContext = context.spawn("CreateTableSpaceStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, tsContext)).join(", ");
				output.push(`(${options})`);
			}
			return output.join(" ");
		}
		DropTableSpaceStmt(node, context) {
			const output = ["DROP", "TABLESPACE"];
			if (node.missing_ok) output.push("IF", "EXISTS");
			if (node.tablespacename) output.push(node.tablespacename);
			return output.join(" ");
		}
		AlterTableSpaceOptionsStmt(node, context) {
			const output = ["ALTER", "TABLESPACE"];
			if (node.tablespacename) output.push(node.tablespacename);
			if (node.isReset) output.push("RESET");
			else output.push("SET");
			if (node.options && node.options.length > 0) {
				const tablespaceContext = context.spawn("AlterTableSpaceOptionsStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, tablespaceContext)).join(", ");
				output.push(`(${options})`);
			}
			return output.join(" ");
		}
		CreateExtensionStmt(node, context) {
			const output = ["CREATE", "EXTENSION"];
			if (node.if_not_exists) output.push("IF", "NOT", "EXISTS");
			if (node.extname) output.push(this.quoteIfNeeded(node.extname));
			if (node.options && node.options.length > 0) {
				const extContext = context.spawn("CreateExtensionStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, extContext)).join(" ");
				output.push(options);
			}
			return output.join(" ");
		}
		AlterExtensionStmt(node, context) {
			const output = ["ALTER", "EXTENSION"];
			if (node.extname) output.push(this.quoteIfNeeded(node.extname));
			if (node.options && node.options.length > 0) {
				const extContext = context.spawn("AlterExtensionStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, extContext)).join(" ");
				output.push(options);
			}
			return output.join(" ");
		}
		AlterExtensionContentsStmt(node, context) {
			const output = ["ALTER", "EXTENSION"];
			if (node.extname) output.push(this.quoteIfNeeded(node.extname));
			if (node.action === 1) output.push("ADD");
			else if (node.action === -1) output.push("DROP");
			if (node.objtype) try {
				output.push(this.getObjectTypeKeyword(node.objtype));
			} catch {
				output.push(node.objtype.toString());
			}
			if (node.object) output.push(this.visit(node.object, context));
			return output.join(" ");
		}
		CreateFdwStmt(node, context) {
			const output = [
				"CREATE",
				"FOREIGN",
				"DATA",
				"WRAPPER"
			];
			if (node.fdwname) output.push(node.fdwname);
			if (node.func_options && node.func_options.length > 0) {
				const fdwContext = context.spawn("CreateFdwStmt");
				const funcOptions = list_utils_1.ListUtils.unwrapList(node.func_options).map((option) => this.visit(option, fdwContext)).join(" ");
				output.push(funcOptions);
			}
			if (node.options && node.options.length > 0) {
				output.push("OPTIONS");
				const fdwContext = context.spawn("CreateFdwStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, fdwContext)).join(", ");
				output.push(`(${options})`);
			}
			return output.join(" ");
		}
		SetOperationStmt(node, context) {
			const output = [];
			if (node.larg) output.push(this.visit(node.larg, context));
			if (node.op) switch (node.op) {
				case "SETOP_UNION":
					output.push(node.all ? "UNION ALL" : "UNION");
					break;
				case "SETOP_INTERSECT":
					output.push(node.all ? "INTERSECT ALL" : "INTERSECT");
					break;
				case "SETOP_EXCEPT":
					output.push(node.all ? "EXCEPT ALL" : "EXCEPT");
					break;
				default: throw new Error(`Unsupported SetOperation: ${node.op}`);
			}
			if (node.rarg) output.push(this.visit(node.rarg, context));
			return output.join(" ");
		}
		ReplicaIdentityStmt(node, context) {
			const output = [];
			if (node.identity_type) switch (node.identity_type) {
				case "d":
				case "REPLICA_IDENTITY_DEFAULT":
					output.push("DEFAULT");
					break;
				case "f":
				case "REPLICA_IDENTITY_FULL":
					output.push("FULL");
					break;
				case "n":
				case "REPLICA_IDENTITY_NOTHING":
					output.push("NOTHING");
					break;
				case "i":
				case "REPLICA_IDENTITY_INDEX":
					output.push("USING", "INDEX");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				default: throw new Error(`Unsupported replica identity type: ${node.identity_type}`);
			}
			return output.join(" ");
		}
		AlterCollationStmt(node, context) {
			const output = ["ALTER", "COLLATION"];
			if (node.collname && node.collname.length > 0) {
				const collationName = list_utils_1.ListUtils.unwrapList(node.collname).map((name) => this.visit(name, context)).join(".");
				output.push(collationName);
			}
			output.push("REFRESH", "VERSION");
			return output.join(" ");
		}
		AlterDomainStmt(node, context) {
			const output = ["ALTER", "DOMAIN"];
			if (node.typeName && node.typeName.length > 0) {
				const domainName = list_utils_1.ListUtils.unwrapList(node.typeName).map((name) => this.visit(name, context)).join(".");
				output.push(domainName);
			}
			if (node.subtype) switch (node.subtype) {
				case "AT_SetNotNull":
					output.push("SET", "NOT", "NULL");
					break;
				case "AT_DropNotNull":
					output.push("DROP", "NOT", "NULL");
					break;
				case "AT_SetDefault":
					output.push("SET", "DEFAULT");
					if (node.def) output.push(this.visit(node.def, context));
					break;
				case "AT_DropDefault":
					output.push("DROP", "DEFAULT");
					break;
				case "AT_AddConstraint":
					output.push("ADD");
					if (node.def) {
						const domainContext = context.spawn("CreateDomainStmt", { isDomainConstraint: true });
						output.push(this.visit(node.def, domainContext));
					}
					break;
				case "AT_DropConstraint":
					output.push("DROP", "CONSTRAINT");
					if (node.missing_ok) output.push("IF", "EXISTS");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
					break;
				case "AT_ValidateConstraint":
					output.push("VALIDATE", "CONSTRAINT");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "C":
					output.push("ADD");
					if (node.def) {
						const domainContext = context.spawn("CreateDomainStmt", { isDomainConstraint: true });
						output.push(this.visit(node.def, domainContext));
					}
					break;
				case "X":
					output.push("DROP", "CONSTRAINT");
					if (node.missing_ok) output.push("IF", "EXISTS");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
					break;
				case "V":
					output.push("VALIDATE", "CONSTRAINT");
					if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
					break;
				case "O":
					output.push("SET", "NOT", "NULL");
					break;
				case "N":
					output.push("DROP", "NOT", "NULL");
					break;
				case "T":
					if (node.def) {
						output.push("SET", "DEFAULT");
						output.push(this.visit(node.def, context));
					} else output.push("DROP", "DEFAULT");
					break;
				default: throw new Error(`Unsupported AlterDomainStmt subtype: ${node.subtype}`);
			}
			return output.join(" ");
		}
		PrepareStmt(node, context) {
			const output = ["PREPARE"];
			if (node.name) output.push(node.name);
			if (node.argtypes && node.argtypes.length > 0) {
				const argTypes = list_utils_1.ListUtils.unwrapList(node.argtypes).map((argType) => this.visit(argType, context)).join(", ");
				output.push(`(${argTypes})`);
			}
			output.push("AS");
			if (node.query) output.push(this.visit(node.query, context));
			return output.join(" ");
		}
		ExecuteStmt(node, context) {
			const output = ["EXECUTE"];
			if (node.name) output.push(node.name);
			if (node.params && node.params.length > 0) {
				const params = list_utils_1.ListUtils.unwrapList(node.params).map((param) => this.visit(param, context)).join(", ");
				output.push(`(${params})`);
			}
			return output.join(" ");
		}
		DeallocateStmt(node, context) {
			const output = ["DEALLOCATE"];
			if (node.isall) output.push("ALL");
			else if (node.name) output.push(node.name);
			return output.join(" ");
		}
		NotifyStmt(node, context) {
			const output = ["NOTIFY"];
			if (node.conditionname) output.push(node.conditionname);
			if (node.payload !== null && node.payload !== void 0) {
				output.push(",");
				output.push(`'${node.payload}'`);
			}
			return output.join(" ");
		}
		ListenStmt(node, context) {
			const output = ["LISTEN"];
			if (node.conditionname) output.push(node.conditionname);
			return output.join(" ");
		}
		UnlistenStmt(node, context) {
			const output = ["UNLISTEN"];
			if (node.conditionname) output.push(node.conditionname);
			else output.push("*");
			return output.join(" ");
		}
		CheckPointStmt(node, context) {
			return "CHECKPOINT";
		}
		LoadStmt(node, context) {
			if (!node.filename) throw new Error("LoadStmt requires filename");
			return `LOAD '${node.filename}'`;
		}
		DiscardStmt(node, context) {
			switch (node.target) {
				case "DISCARD_ALL": return "DISCARD ALL";
				case "DISCARD_PLANS": return "DISCARD PLANS";
				case "DISCARD_SEQUENCES": return "DISCARD SEQUENCES";
				case "DISCARD_TEMP": return "DISCARD TEMP";
				default: throw new Error(`Unsupported DiscardStmt target: ${node.target}`);
			}
		}
		CommentStmt(node, context) {
			const output = ["COMMENT ON"];
			if (node.objtype) switch (node.objtype) {
				case "OBJECT_TABLE":
					output.push("TABLE");
					break;
				case "OBJECT_COLUMN":
					output.push("COLUMN");
					break;
				case "OBJECT_INDEX":
					output.push("INDEX");
					break;
				case "OBJECT_FUNCTION":
					output.push("FUNCTION");
					break;
				case "OBJECT_VIEW":
					output.push("VIEW");
					break;
				case "OBJECT_SCHEMA":
					output.push("SCHEMA");
					break;
				case "OBJECT_DATABASE":
					output.push("DATABASE");
					break;
				case "OBJECT_MATVIEW":
					output.push("MATERIALIZED VIEW");
					break;
				case "OBJECT_TABCONSTRAINT":
					output.push("CONSTRAINT");
					break;
				case "OBJECT_DOMCONSTRAINT":
					output.push("CONSTRAINT");
					break;
				case "OBJECT_TRIGGER":
					output.push("TRIGGER");
					break;
				case "OBJECT_FDW":
					output.push("FOREIGN DATA WRAPPER");
					break;
				case "OBJECT_EVENT_TRIGGER":
					output.push("EVENT TRIGGER");
					break;
				case "OBJECT_FOREIGN_SERVER":
					output.push("SERVER");
					break;
				case "OBJECT_FOREIGN_TABLE":
					output.push("FOREIGN TABLE");
					break;
				case "OBJECT_STATISTIC_EXT":
					output.push("STATISTICS");
					break;
				case "OBJECT_LARGEOBJECT":
					output.push("LARGE OBJECT");
					break;
				case "OBJECT_OPERATOR":
					output.push("OPERATOR");
					break;
				case "OBJECT_OPCLASS":
					output.push("OPERATOR CLASS");
					break;
				case "OBJECT_OPFAMILY":
					output.push("OPERATOR FAMILY");
					break;
				case "OBJECT_POLICY":
					output.push("POLICY");
					break;
				case "OBJECT_TSPARSER":
					output.push("TEXT SEARCH PARSER");
					break;
				case "OBJECT_TSDICTIONARY":
					output.push("TEXT SEARCH DICTIONARY");
					break;
				case "OBJECT_TSTEMPLATE":
					output.push("TEXT SEARCH TEMPLATE");
					break;
				case "OBJECT_TSCONFIGURATION":
					output.push("TEXT SEARCH CONFIGURATION");
					break;
				case "OBJECT_TRANSFORM":
					output.push("TRANSFORM");
					break;
				default: output.push(node.objtype.replace("OBJECT_", ""));
			}
			if (node.object) {
				if (node.object && typeof node.object === "object" && "List" in node.object) {
					const list = node.object.List;
					if (list.items && list.items.length > 0) {
						const objectParts = list_utils_1.ListUtils.unwrapList(list.items).map((item) => this.visit(item, context));
						if (node.objtype === "OBJECT_TABCONSTRAINT") {
							if (objectParts.length === 3) {
								const [schema, table, constraint] = objectParts;
								output.push(constraint);
								output.push("ON");
								output.push(`${schema}.${table}`);
							} else if (objectParts.length === 2) {
								const [table, constraint] = objectParts;
								output.push(constraint);
								output.push("ON");
								output.push(table);
							} else output.push(objectParts.join("."));
						} else if (node.objtype === "OBJECT_DOMCONSTRAINT") {
							if (objectParts.length === 2) {
								const [domain, constraint] = objectParts;
								output.push(constraint, "ON DOMAIN", domain);
							} else output.push(objectParts.join("."));
						} else if (node.objtype === "OBJECT_TRIGGER") {
							if (objectParts.length === 2) {
								const [table, trigger] = objectParts;
								output.push(trigger);
								output.push("ON");
								output.push(table);
							} else output.push(objectParts.join("."));
						} else if (node.objtype === "OBJECT_RULE") {
							if (objectParts.length === 2) {
								const [table, rule] = objectParts;
								output.push(rule);
								output.push("ON");
								output.push(table);
							} else output.push(objectParts.join("."));
						} else if (node.objtype === "OBJECT_OPERATOR") {
							if (node.object && node.object.ObjectWithArgs) {
								const objWithArgs = node.object.ObjectWithArgs;
								let operatorName = objWithArgs.objname && objWithArgs.objname[0] && objWithArgs.objname[0].String ? objWithArgs.objname[0].String.sval : "unknown";
								if (operatorName.startsWith("\"") && operatorName.endsWith("\"")) operatorName = operatorName.slice(1, -1);
								const args = [];
								if (objWithArgs.objargs) objWithArgs.objargs.forEach((arg) => {
									if (!arg || Object.keys(arg).length === 0) args.push("NONE");
									else if (arg.TypeName) {
										const typeName = this.visit(arg, context);
										args.push(typeName);
									} else args.push("unknown");
								});
								output.push(`${operatorName} (${args.join(", ")})`);
							} else output.push(objectParts.join("."));
						} else if (node.objtype === "OBJECT_OPCLASS" || node.objtype === "OBJECT_OPFAMILY") {
							if (objectParts.length >= 2) {
								const className = objectParts[objectParts.length - 1];
								const accessMethod = objectParts[objectParts.length - 2];
								output.push(`${className} USING ${accessMethod}`);
							} else output.push(objectParts.join(" USING "));
						} else if (node.objtype === "OBJECT_POLICY") {
							if (objectParts.length === 2) {
								const [table, policy] = objectParts;
								output.push(policy);
								output.push("ON");
								output.push(table);
							} else output.push(objectParts.join("."));
						} else if (node.objtype === "OBJECT_TRANSFORM") {
							if (objectParts.length === 2) {
								const [type, language] = objectParts;
								output.push("FOR");
								output.push(type);
								output.push("LANGUAGE");
								output.push(language);
							} else output.push(objectParts.join("."));
						} else output.push(objectParts.join("."));
					}
				} else if (node.objtype === "OBJECT_OPERATOR" && node.object && node.object.ObjectWithArgs) {
					const objWithArgs = node.object.ObjectWithArgs;
					let operatorName = objWithArgs.objname && objWithArgs.objname[0] && objWithArgs.objname[0].String ? objWithArgs.objname[0].String.sval : "unknown";
					if (operatorName.startsWith("\"") && operatorName.endsWith("\"")) operatorName = operatorName.slice(1, -1);
					const args = [];
					if (objWithArgs.objargs) objWithArgs.objargs.forEach((arg) => {
						if (!arg || Object.keys(arg).length === 0) args.push("NONE");
						else if (arg.TypeName) {
							const typeName = this.visit(arg, context);
							args.push(typeName);
						} else args.push("unknown");
					});
					output.push(`${operatorName}(${args.join(", ")})`);
				} else {
					const objContext = context.spawn("CommentStmt", { objtype: node.objtype });
					output.push(this.visit(node.object, objContext));
				}
			}
			output.push("IS");
			if (node.comment === null || node.comment === void 0) output.push("NULL");
			else if (node.comment) output.push(quotes_1.QuoteUtils.formatEString(node.comment));
			return output.join(" ");
		}
		LockStmt(node, context) {
			const output = ["LOCK", "TABLE"];
			if (node.relations && node.relations.length > 0) {
				const relations = list_utils_1.ListUtils.unwrapList(node.relations).map((rel) => this.visit(rel, context)).join(", ");
				output.push(relations);
			}
			if (node.mode !== void 0) {
				const lockModes = [
					"",
					"ACCESS SHARE",
					"ROW SHARE",
					"ROW EXCLUSIVE",
					"SHARE UPDATE EXCLUSIVE",
					"SHARE",
					"SHARE ROW EXCLUSIVE",
					"EXCLUSIVE",
					"ACCESS EXCLUSIVE"
				];
				if (node.mode >= 1 && node.mode < lockModes.length) output.push("IN", lockModes[node.mode], "MODE");
			}
			if (node.nowait) output.push("NOWAIT");
			return output.join(" ");
		}
		CreatePolicyStmt(node, context) {
			const output = [];
			const initialParts = ["CREATE", "POLICY"];
			if (node.policy_name) initialParts.push(quotes_1.QuoteUtils.quoteIdentifier(node.policy_name));
			output.push(initialParts.join(" "));
			if (node.table) {
				if (context.isPretty()) output.push(context.newline() + context.indent(`ON ${this.RangeVar(node.table, context)}`));
				else {
					output.push("ON");
					output.push(this.RangeVar(node.table, context));
				}
			}
			if (node.permissive === void 0) {
				if (context.isPretty()) output.push(context.newline() + context.indent("AS RESTRICTIVE"));
				else output.push("AS", "RESTRICTIVE");
			} else if (node.permissive === true) {
				if (context.isPretty()) output.push(context.newline() + context.indent("AS PERMISSIVE"));
				else output.push("AS", "PERMISSIVE");
			}
			if (node.cmd_name) {
				if (context.isPretty()) output.push(context.newline() + context.indent(`FOR ${node.cmd_name.toUpperCase()}`));
				else output.push("FOR", node.cmd_name.toUpperCase());
			}
			if (node.roles && node.roles.length > 0) {
				const roles = list_utils_1.ListUtils.unwrapList(node.roles).map((role) => this.visit(role, context));
				if (context.isPretty()) output.push(context.newline() + context.indent(`TO ${roles.join(", ")}`));
				else {
					output.push("TO");
					output.push(roles.join(", "));
				}
			}
			if (node.qual) {
				if (context.isPretty()) {
					const qualExpr = this.visit(node.qual, context);
					output.push(context.newline() + context.indent("USING ("));
					output.push(context.newline() + context.indent(context.indent(qualExpr)));
					output.push(context.newline() + context.indent(")"));
				} else {
					output.push("USING");
					output.push(`(${this.visit(node.qual, context)})`);
				}
			}
			if (node.with_check) {
				if (context.isPretty()) {
					const checkExpr = this.visit(node.with_check, context);
					output.push(context.newline() + context.indent("WITH CHECK ("));
					output.push(context.newline() + context.indent(context.indent(checkExpr)));
					output.push(context.newline() + context.indent(")"));
				} else {
					output.push("WITH CHECK");
					output.push(`(${this.visit(node.with_check, context)})`);
				}
			}
			return context.isPretty() ? output.join("") : output.join(" ");
		}
		AlterPolicyStmt(node, context) {
			const output = ["ALTER", "POLICY"];
			if (node.policy_name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.policy_name));
			if (node.table) {
				output.push("ON");
				output.push(this.RangeVar(node.table, context));
			}
			if (node.roles && node.roles.length > 0) {
				output.push("TO");
				const roles = list_utils_1.ListUtils.unwrapList(node.roles).map((role) => this.visit(role, context));
				output.push(roles.join(", "));
			}
			if (node.qual) {
				output.push("USING");
				output.push(`(${this.visit(node.qual, context)})`);
			}
			if (node.with_check) {
				output.push("WITH CHECK");
				output.push(`(${this.visit(node.with_check, context)})`);
			}
			return output.join(" ");
		}
		CreateUserMappingStmt(node, context) {
			const output = ["CREATE"];
			if (node.if_not_exists) output.push("IF", "NOT", "EXISTS");
			output.push("USER", "MAPPING");
			output.push("FOR");
			if (node.user) output.push(this.RoleSpec(node.user, context));
			else output.push("CURRENT_USER");
			output.push("SERVER");
			if (node.servername) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.servername));
			if (node.options && node.options.length > 0) {
				output.push("OPTIONS");
				const userMappingContext = context.spawn("CreateUserMappingStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, userMappingContext));
				output.push(`(${options.join(", ")})`);
			}
			return output.join(" ");
		}
		CreateStatsStmt(node, context) {
			const output = ["CREATE"];
			if (node.if_not_exists) output.push("IF", "NOT", "EXISTS");
			output.push("STATISTICS");
			if (node.defnames && node.defnames.length > 0) {
				const names = list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context));
				output.push(names.join("."));
			}
			if (node.stat_types && node.stat_types.length > 0) {
				const types = list_utils_1.ListUtils.unwrapList(node.stat_types).map((type) => this.visit(type, context));
				output.push(`(${types.join(", ")})`);
			}
			output.push("ON");
			if (node.exprs && node.exprs.length > 0) {
				const exprs = list_utils_1.ListUtils.unwrapList(node.exprs).map((expr) => this.visit(expr, context));
				output.push(exprs.join(", "));
			}
			if (node.relations && node.relations.length > 0) {
				output.push("FROM");
				const relations = list_utils_1.ListUtils.unwrapList(node.relations).map((rel) => this.visit(rel, context));
				output.push(relations.join(", "));
			}
			return output.join(" ");
		}
		StatsElem(node, context) {
			if (node.name) return this.quoteIfNeeded(node.name);
			else if (node.expr) return `(${this.visit(node.expr, context)})`;
			return "";
		}
		CreatePublicationStmt(node, context) {
			const output = ["CREATE", "PUBLICATION"];
			if (node.pubname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.pubname));
			if (node.pubobjects && node.pubobjects.length > 0) {
				output.push("FOR");
				const tables = list_utils_1.ListUtils.unwrapList(node.pubobjects).map((table) => this.visit(table, context));
				output.push(tables.join(", "));
			} else if (node.for_all_tables) output.push("FOR", "ALL", "TABLES");
			if (node.options && node.options.length > 0) {
				output.push("WITH");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context));
				output.push(`(${options.join(", ")})`);
			}
			return output.join(" ");
		}
		CreateSubscriptionStmt(node, context) {
			const output = ["CREATE", "SUBSCRIPTION"];
			if (node.subname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.subname));
			output.push("CONNECTION");
			if (node.conninfo) output.push(`'${node.conninfo}'`);
			output.push("PUBLICATION");
			if (node.publication && node.publication.length > 0) {
				const publications = list_utils_1.ListUtils.unwrapList(node.publication).map((pub) => this.visit(pub, context));
				output.push(publications.join(", "));
			}
			if (node.options && node.options.length > 0) {
				output.push("WITH");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context));
				output.push(`(${options.join(", ")})`);
			}
			return output.join(" ");
		}
		AlterPublicationStmt(node, context) {
			const output = ["ALTER", "PUBLICATION"];
			if (node.pubname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.pubname));
			if (node.pubobjects && node.pubobjects.length > 0) {
				switch (node.action || "AP_AddObjects") {
					case "AP_AddObjects":
						output.push("ADD");
						break;
					case "AP_DropObjects":
						output.push("DROP");
						break;
					case "AP_SetObjects":
						output.push("SET");
						break;
					default: throw new Error(`Unsupported AlterPublicationStmt action: ${node.action}`);
				}
				const objects = list_utils_1.ListUtils.unwrapList(node.pubobjects).map((obj) => this.visit(obj, context));
				output.push(objects.join(", "));
			} else if (node.options && node.options.length > 0) {
				output.push("SET");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context));
				output.push(`(${options.join(", ")})`);
			}
			return output.join(" ");
		}
		AlterSubscriptionStmt(node, context) {
			const output = ["ALTER", "SUBSCRIPTION"];
			if (node.subname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.subname));
			const options = node.options && node.options.length > 0 ? `(${list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context)).join(", ")})` : null;
			const publications = node.publication && node.publication.length > 0 ? list_utils_1.ListUtils.unwrapList(node.publication).map((pub) => this.visit(pub, context)).join(", ") : null;
			switch (node.kind || "ALTER_SUBSCRIPTION_OPTIONS") {
				case "ALTER_SUBSCRIPTION_OPTIONS":
					output.push("SET");
					if (options) output.push(options);
					break;
				case "ALTER_SUBSCRIPTION_CONNECTION":
					output.push("CONNECTION");
					if (node.conninfo) output.push(quotes_1.QuoteUtils.escape(node.conninfo));
					break;
				case "ALTER_SUBSCRIPTION_SET_PUBLICATION":
					output.push("SET PUBLICATION");
					if (publications) output.push(publications);
					if (options) output.push("WITH", options);
					break;
				case "ALTER_SUBSCRIPTION_ADD_PUBLICATION":
					output.push("ADD PUBLICATION");
					if (publications) output.push(publications);
					if (options) output.push("WITH", options);
					break;
				case "ALTER_SUBSCRIPTION_DROP_PUBLICATION":
					output.push("DROP PUBLICATION");
					if (publications) output.push(publications);
					if (options) output.push("WITH", options);
					break;
				case "ALTER_SUBSCRIPTION_REFRESH":
					output.push("REFRESH PUBLICATION");
					if (options) output.push("WITH", options);
					break;
				case "ALTER_SUBSCRIPTION_ENABLED": {
					const arg = list_utils_1.ListUtils.unwrapList(node.options).find((opt) => opt.DefElem?.defname === "enabled")?.DefElem?.arg;
					const isEnabled = arg?.Boolean ? arg.Boolean.boolval !== false : true;
					output.push(isEnabled ? "ENABLE" : "DISABLE");
					break;
				}
				case "ALTER_SUBSCRIPTION_SKIP":
					output.push("SKIP");
					if (options) output.push(options);
					break;
				default: throw new Error(`Unsupported AlterSubscriptionStmt kind: ${node.kind}`);
			}
			return output.join(" ");
		}
		DropSubscriptionStmt(node, context) {
			const output = ["DROP", "SUBSCRIPTION"];
			if (node.missing_ok) output.push("IF EXISTS");
			if (node.subname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.subname));
			if (node.behavior) switch (node.behavior) {
				case "DROP_CASCADE":
					output.push("CASCADE");
					break;
				case "DROP_RESTRICT": output.push("RESTRICT");
			}
			return output.join(" ");
		}
		DoStmt(node, context) {
			const output = ["DO"];
			if (node.args && node.args.length > 0) {
				const doContext = context.spawn("DoStmt");
				const args = list_utils_1.ListUtils.unwrapList(node.args);
				const processedArgs = [];
				for (const arg of args) if (this.getNodeType(arg) === "DefElem") {
					const defElem = this.getNodeData(arg);
					if (defElem.defname === "language") {
						const langValue = this.visit(defElem.arg, doContext);
						processedArgs.push(`LANGUAGE ${langValue}`);
					} else if (defElem.defname === "as") {
						if (this.getNodeType(defElem.arg) === "String") {
							const stringNode = this.getNodeData(defElem.arg);
							const delimiter = this.getFunctionDelimiter(stringNode.sval);
							processedArgs.push(`${delimiter}${stringNode.sval}${delimiter}`);
						} else processedArgs.push(this.visit(defElem.arg, doContext));
					}
				}
				output.push(...processedArgs);
			}
			return output.join(" ");
		}
		generateUniqueDollarTag(content) {
			const matches = content.match(/\$[a-zA-Z0-9_]*\$/g) || [];
			if (matches.length === 0) return "$$";
			const existingTags = new Set(matches);
			if (existingTags.has("$$")) {
				let counter = 1;
				let tag = `$do${counter}$`;
				while (existingTags.has(tag)) {
					counter++;
					tag = `$do${counter}$`;
				}
				return tag;
			}
			return "$$";
		}
		InlineCodeBlock(node, context) {
			if (node.source_text) {
				const delimiter = this.getFunctionDelimiter(node.source_text);
				return `${delimiter}${node.source_text}${delimiter}`;
			}
			const delimiter = this.options.functionDelimiter || "$$";
			return `${delimiter}${delimiter}`;
		}
		CallContext(node, context) {
			if (node.atomic !== void 0) return node.atomic ? "ATOMIC" : "NOT ATOMIC";
			return "";
		}
		ConstraintsSetStmt(node, context) {
			const output = ["SET", "CONSTRAINTS"];
			if (node.constraints && node.constraints.length > 0) {
				const constraints = list_utils_1.ListUtils.unwrapList(node.constraints).map((constraint) => this.visit(constraint, context));
				output.push(constraints.join(", "));
			} else output.push("ALL");
			output.push(node.deferred ? "DEFERRED" : "IMMEDIATE");
			return output.join(" ");
		}
		AlterSystemStmt(node, context) {
			const output = ["ALTER", "SYSTEM"];
			if (node.setstmt) {
				const setStmtWithoutPrefix = this.VariableSetStmt(node.setstmt, context).replace(/^SET\s+/, "");
				output.push("SET", setStmtWithoutPrefix);
			}
			return output.join(" ");
		}
		VacuumRelation(node, context) {
			const output = [];
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			if (node.va_cols && node.va_cols.length > 0) {
				output.push("(");
				const columns = list_utils_1.ListUtils.unwrapList(node.va_cols).map((col) => this.visit(col, context));
				output.push(columns.join(", "));
				output.push(")");
			}
			return output.join(" ");
		}
		DropOwnedStmt(node, context) {
			const output = [
				"DROP",
				"OWNED",
				"BY"
			];
			if (node.roles && node.roles.length > 0) {
				const roles = list_utils_1.ListUtils.unwrapList(node.roles).map((role) => this.visit(role, context));
				output.push(roles.join(", "));
			}
			if (node.behavior) switch (node.behavior) {
				case "DROP_CASCADE":
					output.push("CASCADE");
					break;
				case "DROP_RESTRICT": output.push("RESTRICT");
			}
			return output.join(" ");
		}
		ReassignOwnedStmt(node, context) {
			const output = [
				"REASSIGN",
				"OWNED",
				"BY"
			];
			if (node.roles && node.roles.length > 0) {
				const roles = list_utils_1.ListUtils.unwrapList(node.roles).map((role) => this.visit(role, context));
				output.push(roles.join(", "));
			}
			output.push("TO");
			if (node.newrole) output.push(this.RoleSpec(node.newrole, context));
			return output.join(" ");
		}
		AlterTSDictionaryStmt(node, context) {
			const output = [
				"ALTER",
				"TEXT",
				"SEARCH",
				"DICTIONARY"
			];
			if (node.dictname && node.dictname.length > 0) {
				const dictName = list_utils_1.ListUtils.unwrapList(node.dictname).map((name) => this.visit(name, context));
				output.push(dictName.join("."));
			}
			if (node.options && node.options.length > 0) {
				output.push("(");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context));
				output.push(options.join(", "));
				output.push(")");
			}
			return output.join(" ");
		}
		AlterTSConfigurationStmt(node, context) {
			const output = [
				"ALTER",
				"TEXT",
				"SEARCH",
				"CONFIGURATION"
			];
			if (node.cfgname && node.cfgname.length > 0) {
				const cfgName = list_utils_1.ListUtils.unwrapList(node.cfgname).map((name) => this.visit(name, context));
				output.push(cfgName.join("."));
			}
			if (node.kind) switch (node.kind) {
				case "ALTER_TSCONFIG_ADD_MAPPING":
					output.push("ADD", "MAPPING", "FOR");
					if (node.tokentype && node.tokentype.length > 0) {
						const tokenTypes = list_utils_1.ListUtils.unwrapList(node.tokentype).map((token) => this.visit(token, context));
						output.push(tokenTypes.join(", "));
					}
					if (node.dicts && node.dicts.length > 0) {
						output.push("WITH");
						const dictNames = list_utils_1.ListUtils.unwrapList(node.dicts).map((dict) => {
							if (dict.List && dict.List.items) return list_utils_1.ListUtils.unwrapList(dict.List.items).map((item) => this.visit(item, context)).join(".");
							return this.visit(dict, context);
						});
						output.push(dictNames.join(", "));
					}
					break;
				case "ALTER_TSCONFIG_ALTER_MAPPING_FOR_TOKEN":
					output.push("ALTER", "MAPPING", "FOR");
					if (node.tokentype && node.tokentype.length > 0) {
						const tokenTypes = list_utils_1.ListUtils.unwrapList(node.tokentype).map((token) => this.visit(token, context));
						output.push(tokenTypes.join(", "));
					}
					if (node.dicts && node.dicts.length > 0) {
						output.push("WITH");
						const dictNames = list_utils_1.ListUtils.unwrapList(node.dicts).map((dict) => {
							if (dict.List && dict.List.items) return list_utils_1.ListUtils.unwrapList(dict.List.items).map((item) => this.visit(item, context)).join(".");
							return this.visit(dict, context);
						});
						output.push(dictNames.join(", "));
					}
					break;
				case "ALTER_TSCONFIG_REPLACE_DICT":
					output.push("ALTER", "MAPPING", "REPLACE");
					if (node.dicts && node.dicts.length >= 2) {
						const dictNames = list_utils_1.ListUtils.unwrapList(node.dicts).map((dict) => {
							if (dict.List && dict.List.items) return list_utils_1.ListUtils.unwrapList(dict.List.items).map((item) => this.visit(item, context)).join(".");
							return this.visit(dict, context);
						});
						output.push(dictNames[0], "WITH", dictNames.slice(1).join(", "));
					}
					break;
				case "ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN":
					output.push("ALTER", "MAPPING", "FOR");
					if (node.tokentype && node.tokentype.length > 0) {
						const tokenTypes = list_utils_1.ListUtils.unwrapList(node.tokentype).map((token) => this.visit(token, context));
						output.push(tokenTypes.join(", "));
					}
					if (node.dicts && node.dicts.length >= 2) {
						output.push("REPLACE");
						const dictNames = list_utils_1.ListUtils.unwrapList(node.dicts).map((dict) => {
							if (dict.List && dict.List.items) return list_utils_1.ListUtils.unwrapList(dict.List.items).map((item) => this.visit(item, context)).join(".");
							return this.visit(dict, context);
						});
						output.push(dictNames[0], "WITH", dictNames.slice(1).join(", "));
					}
					break;
				case "ALTER_TSCONFIG_DROP_MAPPING":
					output.push("DROP", "MAPPING", "FOR");
					if (node.tokentype && node.tokentype.length > 0) {
						const tokenTypes = list_utils_1.ListUtils.unwrapList(node.tokentype).map((token) => this.visit(token, context));
						output.push(tokenTypes.join(", "));
					}
					break;
				default: throw new Error(`Unsupported AlterTSConfigurationStmt kind: ${node.kind}`);
			}
			return output.join(" ");
		}
		ClosePortalStmt(node, context) {
			const output = ["CLOSE"];
			if (node.portalname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.portalname));
			else output.push("ALL");
			return output.join(" ");
		}
		FetchStmt(node, context) {
			const output = [node.ismove ? "MOVE" : "FETCH"];
			const isAll = node.howMany === 0x8000000000000000;
			if (node.direction) switch (node.direction) {
				case "FETCH_FORWARD":
					if (isAll) output.push("FORWARD", "ALL");
					else if (node.howMany !== void 0 && node.howMany !== null) output.push("FORWARD", node.howMany.toString());
					else output.push("FORWARD");
					break;
				case "FETCH_BACKWARD":
					if (isAll) output.push("BACKWARD", "ALL");
					else if (node.howMany !== void 0 && node.howMany !== null) output.push("BACKWARD", node.howMany.toString());
					else output.push("BACKWARD");
					break;
				case "FETCH_ABSOLUTE":
					if (node.howMany !== void 0 && node.howMany !== null) output.push("ABSOLUTE", node.howMany.toString());
					break;
				case "FETCH_RELATIVE":
					if (node.howMany !== void 0 && node.howMany !== null) output.push("RELATIVE", node.howMany.toString());
					else output.push("RELATIVE", "0");
					break;
				default: throw new Error(`Unsupported FetchStmt direction: ${node.direction}`);
			}
			else if (isAll) output.push("ALL");
			if (node.portalname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.portalname));
			return output.join(" ");
		}
		AlterStatsStmt(node, context) {
			const output = ["ALTER", "STATISTICS"];
			if (node.defnames && node.defnames.length > 0) {
				const names = list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context));
				output.push(names.join("."));
			}
			output.push("SET", "STATISTICS");
			if (node.stxstattarget) output.push(this.visit(node.stxstattarget, context));
			return output.join(" ");
		}
		ObjectWithArgs(node, context) {
			let result = "";
			if (node.objname && node.objname.length > 0) {
				const objContext = context.spawn("ObjectWithArgs");
				result = list_utils_1.ListUtils.unwrapList(node.objname).map((name) => this.visit(name, objContext)).join(".");
			}
			if (node.objfuncargs && node.objfuncargs.length > 0) {
				const funcArgs = list_utils_1.ListUtils.unwrapList(node.objfuncargs).map((arg) => this.visit(arg, context));
				result += `(${funcArgs.join(", ")})`;
			} else if (node.objargs && node.objargs.length > 0) {
				const args = list_utils_1.ListUtils.unwrapList(node.objargs).map((arg) => {
					if (!arg || Object.keys(arg).length === 0) return "NONE";
					return this.visit(arg, context);
				});
				result += `(${args.join(", ")})`;
			} else if (node.args_unspecified) {} else if ((context.parentNodeTypes.includes("CommentStmt") || context.parentNodeTypes.includes("DropStmt")) && context.objtype === "OBJECT_AGGREGATE") result += "(*)";
			else if (context.parentNodeTypes.includes("CreateOpClassItem")) {} else result += "()";
			return result;
		}
		AlterOperatorStmt(node, context) {
			const output = ["ALTER", "OPERATOR"];
			if (node.opername) output.push(this.ObjectWithArgs(node.opername, context));
			output.push("SET");
			if (node.options && node.options.length > 0) {
				const alterOpContext = context.spawn("AlterOperatorStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, alterOpContext));
				output.push(`(${options.join(", ")})`);
			}
			return output.join(" ");
		}
		AlterFdwStmt(node, context) {
			const output = [
				"ALTER",
				"FOREIGN",
				"DATA",
				"WRAPPER"
			];
			if (node.fdwname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.fdwname));
			if (node.func_options && node.func_options.length > 0) {
				const fdwContext = context.spawn("AlterFdwStmt");
				const funcOptions = list_utils_1.ListUtils.unwrapList(node.func_options).map((opt) => this.visit(opt, fdwContext));
				output.push(funcOptions.join(" "));
			}
			if (node.options && node.options.length > 0) {
				output.push("OPTIONS");
				const fdwContext = context.spawn("AlterFdwStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, fdwContext));
				output.push(`(${options.join(", ")})`);
			}
			return output.join(" ");
		}
		CreateForeignServerStmt(node, context) {
			const output = ["CREATE", "SERVER"];
			if (node.if_not_exists) output.push("IF", "NOT", "EXISTS");
			if (node.servername) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.servername));
			if (node.servertype) output.push("TYPE", quotes_1.QuoteUtils.escape(node.servertype));
			if (node.version) output.push("VERSION", quotes_1.QuoteUtils.escape(node.version));
			if (node.fdwname) output.push("FOREIGN", "DATA", "WRAPPER", quotes_1.QuoteUtils.quoteIdentifier(node.fdwname));
			if (node.options && node.options.length > 0) {
				output.push("OPTIONS");
				output.push("(");
				const optionsContext = context.spawn("CreateForeignServerStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, optionsContext));
				output.push(options.join(", "));
				output.push(")");
			}
			return output.join(" ");
		}
		AlterForeignServerStmt(node, context) {
			const output = ["ALTER", "SERVER"];
			if (node.servername) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.servername));
			if (node.version) output.push("VERSION", quotes_1.QuoteUtils.escape(node.version));
			if (node.options && node.options.length > 0) {
				output.push("OPTIONS");
				output.push("(");
				const optionsContext = context.spawn("AlterForeignServerStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, optionsContext));
				output.push(options.join(", "));
				output.push(")");
			}
			return output.join(" ");
		}
		AlterUserMappingStmt(node, context) {
			const output = [
				"ALTER",
				"USER",
				"MAPPING",
				"FOR"
			];
			if (node.user) output.push(this.RoleSpec(node.user, context));
			else output.push("CURRENT_USER");
			output.push("SERVER");
			if (node.servername) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.servername));
			if (node.options && node.options.length > 0) {
				output.push("OPTIONS");
				const userMappingContext = context.spawn("AlterUserMappingStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, userMappingContext));
				output.push(`(${options.join(", ")})`);
			}
			return output.join(" ");
		}
		DropUserMappingStmt(node, context) {
			const output = [
				"DROP",
				"USER",
				"MAPPING"
			];
			if (node.missing_ok) output.push("IF", "EXISTS");
			output.push("FOR");
			if (node.user) output.push(this.RoleSpec(node.user, context));
			else output.push("CURRENT_USER");
			output.push("SERVER");
			if (node.servername) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.servername));
			return output.join(" ");
		}
		ImportForeignSchemaStmt(node, context) {
			const output = [
				"IMPORT",
				"FOREIGN",
				"SCHEMA"
			];
			if (node.remote_schema) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.remote_schema));
			if (node.list_type) switch (node.list_type) {
				case "FDW_IMPORT_SCHEMA_ALL": break;
				case "FDW_IMPORT_SCHEMA_LIMIT_TO":
					output.push("LIMIT", "TO");
					if (node.table_list && node.table_list.length > 0) {
						const tables = list_utils_1.ListUtils.unwrapList(node.table_list).map((table) => this.visit(table, context));
						output.push(`(${tables.join(", ")})`);
					}
					break;
				case "FDW_IMPORT_SCHEMA_EXCEPT":
					output.push("EXCEPT");
					if (node.table_list && node.table_list.length > 0) {
						const tables = list_utils_1.ListUtils.unwrapList(node.table_list).map((table) => this.visit(table, context));
						output.push(`(${tables.join(", ")})`);
					}
					break;
				default: throw new Error(`Unsupported ImportForeignSchemaStmt list_type: ${node.list_type}`);
			}
			output.push("FROM", "SERVER");
			if (node.server_name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.server_name));
			output.push("INTO");
			if (node.local_schema) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.local_schema));
			if (node.options && node.options.length > 0) {
				const importSchemaContext = context.spawn("ImportForeignSchemaStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, importSchemaContext));
				output.push(`OPTIONS (${options.join(", ")})`);
			}
			return output.join(" ");
		}
		ClusterStmt(node, context) {
			const output = ["CLUSTER"];
			if (node.relation) {
				output.push(this.RangeVar(node.relation, context));
				if (node.indexname) output.push("USING", quotes_1.QuoteUtils.quoteIdentifier(node.indexname));
			}
			if (node.params && node.params.length > 0) {
				const params = list_utils_1.ListUtils.unwrapList(node.params).map((param) => this.visit(param, context));
				output.push(`(${params.join(", ")})`);
			}
			return output.join(" ");
		}
		VacuumStmt(node, context) {
			const output = [node.is_vacuumcmd ? "VACUUM" : "ANALYZE"];
			if (node.options && node.options.length > 0) {
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, context));
				output.push(`(${options.join(", ")})`);
			}
			if (node.rels && node.rels.length > 0) {
				const relations = list_utils_1.ListUtils.unwrapList(node.rels).map((rel) => this.visit(rel, context));
				output.push(relations.join(", "));
			}
			return output.join(" ");
		}
		ExplainStmt(node, context) {
			const output = ["EXPLAIN"];
			if (node.options && node.options.length > 0) {
				const explainContext = context.spawn("ExplainStmt");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, explainContext));
				output.push(`(${options.join(", ")})`);
			}
			if (node.query) output.push(this.visit(node.query, context));
			return output.join(" ");
		}
		ReindexStmt(node, context) {
			const output = ["REINDEX"];
			if (node.params && node.params.length > 0) {
				const params = list_utils_1.ListUtils.unwrapList(node.params).map((param) => this.visit(param, context));
				output.push(`(${params.join(", ")})`);
			}
			if (node.kind) switch (node.kind) {
				case "REINDEX_OBJECT_INDEX":
					output.push("INDEX");
					break;
				case "REINDEX_OBJECT_TABLE":
					output.push("TABLE");
					break;
				case "REINDEX_OBJECT_SCHEMA":
					output.push("SCHEMA");
					break;
				case "REINDEX_OBJECT_SYSTEM":
					output.push("SYSTEM");
					break;
				case "REINDEX_OBJECT_DATABASE":
					output.push("DATABASE");
					break;
				default: throw new Error(`Unsupported ReindexStmt kind: ${node.kind}`);
			}
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
			return output.join(" ");
		}
		CallStmt(node, context) {
			const output = ["CALL"];
			if (node.funccall) {
				const funcCall = node.funccall;
				if (funcCall.funcname && funcCall.funcname.length > 0) {
					const funcName = funcCall.funcname.map((nameNode) => {
						if (nameNode.String) return nameNode.String.sval;
						return this.visit(nameNode, context);
					}).join(".");
					let argsStr = "";
					if (funcCall.args && funcCall.args.length > 0) argsStr = `(${funcCall.args.map((arg) => this.visit(arg, context)).join(", ")})`;
					else argsStr = "()";
					output.push(`${funcName}${argsStr}`);
				}
			} else if (node.funcexpr) output.push(this.FuncExpr(node.funcexpr, context));
			else throw new Error("CallStmt requires either funccall or funcexpr");
			return output.join(" ");
		}
		CreatedbStmt(node, context) {
			const output = ["CREATE DATABASE"];
			if (!node.dbname) throw new Error("CreatedbStmt requires dbname");
			output.push(quotes_1.QuoteUtils.quoteIdentifier(node.dbname));
			if (node.options && node.options.length > 0) {
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, context)).join(" ");
				output.push("WITH", options);
			}
			return output.join(" ");
		}
		DropdbStmt(node, context) {
			const output = ["DROP DATABASE"];
			if (node.missing_ok) output.push("IF EXISTS");
			if (!node.dbname) throw new Error("DropdbStmt requires dbname");
			output.push(quotes_1.QuoteUtils.quoteIdentifier(node.dbname));
			if (node.options && node.options.length > 0) {
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, context)).join(" ");
				output.push("WITH", options);
			}
			return output.join(" ");
		}
		RenameStmt(node, context) {
			const output = ["ALTER"];
			if (!node.renameType) throw new Error("RenameStmt requires renameType");
			switch (node.renameType) {
				case "OBJECT_TABLE":
					output.push("TABLE");
					break;
				case "OBJECT_VIEW":
					output.push("VIEW");
					break;
				case "OBJECT_INDEX":
					output.push("INDEX");
					break;
				case "OBJECT_SEQUENCE":
					output.push("SEQUENCE");
					break;
				case "OBJECT_FUNCTION":
					output.push("FUNCTION");
					break;
				case "OBJECT_PROCEDURE":
					output.push("PROCEDURE");
					break;
				case "OBJECT_SCHEMA":
					output.push("SCHEMA");
					break;
				case "OBJECT_DATABASE":
					output.push("DATABASE");
					break;
				case "OBJECT_COLUMN":
					if (node.relationType === "OBJECT_FOREIGN_TABLE") output.push("FOREIGN TABLE");
					else if (node.relationType === "OBJECT_VIEW") output.push("VIEW");
					else output.push("TABLE");
					break;
				case "OBJECT_DOMAIN":
					output.push("DOMAIN");
					break;
				case "OBJECT_TYPE":
					output.push("TYPE");
					break;
				case "OBJECT_DOMCONSTRAINT":
					output.push("DOMAIN");
					break;
				case "OBJECT_TABCONSTRAINT":
					output.push("TABLE");
					break;
				case "OBJECT_AGGREGATE":
					output.push("AGGREGATE");
					break;
				case "OBJECT_COLLATION":
					output.push("COLLATION");
					break;
				case "OBJECT_CONVERSION":
					output.push("CONVERSION");
					break;
				case "OBJECT_EXTENSION":
					output.push("EXTENSION");
					break;
				case "OBJECT_FOREIGN_SERVER":
					output.push("SERVER");
					break;
				case "OBJECT_FOREIGN_TABLE":
					output.push("FOREIGN TABLE");
					break;
				case "OBJECT_LANGUAGE":
					output.push("LANGUAGE");
					break;
				case "OBJECT_MATVIEW":
					output.push("MATERIALIZED VIEW");
					break;
				case "OBJECT_OPCLASS":
					output.push("OPERATOR CLASS");
					break;
				case "OBJECT_OPERATOR":
					output.push("OPERATOR");
					break;
				case "OBJECT_OPFAMILY":
					output.push("OPERATOR FAMILY");
					break;
				case "OBJECT_POLICY":
					output.push("POLICY");
					if (node.subname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.subname));
					break;
				case "OBJECT_PUBLICATION":
					output.push("PUBLICATION");
					break;
				case "OBJECT_ROLE":
					output.push("ROLE");
					break;
				case "OBJECT_RULE":
					output.push("RULE");
					break;
				case "OBJECT_SUBSCRIPTION":
					output.push("SUBSCRIPTION");
					break;
				case "OBJECT_TABLESPACE":
					output.push("TABLESPACE");
					break;
				case "OBJECT_TRIGGER":
					output.push("TRIGGER");
					break;
				case "OBJECT_TSCONFIGURATION":
					output.push("TEXT SEARCH CONFIGURATION");
					break;
				case "OBJECT_TSDICTIONARY":
					output.push("TEXT SEARCH DICTIONARY");
					break;
				case "OBJECT_TSPARSER":
					output.push("TEXT SEARCH PARSER");
					break;
				case "OBJECT_TSTEMPLATE":
					output.push("TEXT SEARCH TEMPLATE");
					break;
				case "OBJECT_FDW":
					output.push("FOREIGN DATA WRAPPER");
					break;
				case "OBJECT_EVENT_TRIGGER":
					output.push("EVENT TRIGGER");
					break;
				case "OBJECT_ATTRIBUTE":
					if (node.relationType === "OBJECT_TYPE") output.push("TYPE");
					else output.push("TABLE");
					break;
				case "OBJECT_ROUTINE":
					output.push("ROUTINE");
					break;
				default: throw new Error(`Unsupported RenameStmt renameType: ${node.renameType}`);
			}
			if (node.missing_ok) output.push("IF EXISTS");
			if (node.renameType === "OBJECT_RULE" && node.subname && node.relation) {
				output.push(quotes_1.QuoteUtils.quoteIdentifier(node.subname));
				output.push("ON");
				output.push(this.RangeVar(node.relation, context));
			} else if (node.relation) {
				const rangeVarContext = context.spawn("RenameStmt", { objtype: node.relationType });
				if (node.renameType === "OBJECT_POLICY") output.push("ON");
				output.push(this.RangeVar(node.relation, rangeVarContext));
			} else if (node.object) {
				if ((node.renameType === "OBJECT_OPFAMILY" || node.renameType === "OBJECT_OPCLASS") && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const accessMethod = items[0].String?.sval || "";
						const objectName = items[1].String?.sval || "";
						output.push(`${quotes_1.QuoteUtils.quoteIdentifier(objectName)} USING ${accessMethod}`);
					} else output.push(this.visit(node.object, context));
				} else if ((node.renameType === "OBJECT_TYPE" || node.renameType === "OBJECT_DOMAIN") && node.object.List) {
					const parts = list_utils_1.ListUtils.unwrapList(node.object).map((item) => item.String?.sval).filter((s) => typeof s === "string").map((s) => this.quoteIfNeeded(s));
					output.push(parts.join("."));
				} else if (node.renameType === "OBJECT_SCHEMA" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length > 0 && items[0].String) output.push(this.quoteIfNeeded(items[0].String.sval));
					else output.push(this.visit(node.object, context));
				} else output.push(this.visit(node.object, context));
			}
			if (node.renameType === "OBJECT_COLUMN" && node.subname) output.push("RENAME COLUMN", quotes_1.QuoteUtils.quoteIdentifier(node.subname), "TO");
			else if (node.renameType === "OBJECT_DOMCONSTRAINT" && node.subname) output.push("RENAME CONSTRAINT", quotes_1.QuoteUtils.quoteIdentifier(node.subname), "TO");
			else if (node.renameType === "OBJECT_TABCONSTRAINT" && node.subname) output.push("RENAME CONSTRAINT", quotes_1.QuoteUtils.quoteIdentifier(node.subname), "TO");
			else if (node.renameType === "OBJECT_ATTRIBUTE" && node.subname) output.push("RENAME ATTRIBUTE", quotes_1.QuoteUtils.quoteIdentifier(node.subname), "TO");
			else if (node.renameType === "OBJECT_ROLE" && node.subname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.subname), "RENAME TO");
			else if (node.renameType === "OBJECT_SCHEMA" && node.subname) output.push(this.quoteIfNeeded(node.subname), "RENAME TO");
			else if (node.renameType === "OBJECT_RULE") output.push("RENAME TO");
			else output.push("RENAME TO");
			if (!node.newname) throw new Error("RenameStmt requires newname");
			output.push(quotes_1.QuoteUtils.quoteIdentifier(node.newname));
			if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
			return output.join(" ");
		}
		AlterOwnerStmt(node, context) {
			const output = ["ALTER"];
			if (!node.objectType) throw new Error("AlterOwnerStmt requires objectType");
			output.push(this.getObjectTypeKeyword(node.objectType));
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			else if (node.object) {
				if ((node.objectType === "OBJECT_OPFAMILY" || node.objectType === "OBJECT_OPCLASS") && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const accessMethod = items[0].String?.sval || "";
						const objectName = items[1].String?.sval || "";
						output.push(`${quotes_1.QuoteUtils.quoteIdentifier(objectName)} USING ${accessMethod}`);
					} else output.push(this.visit(node.object, context));
				} else output.push(this.visit(node.object, context));
			}
			output.push("OWNER TO");
			if (!node.newowner) throw new Error("AlterOwnerStmt requires newowner");
			output.push(this.RoleSpec(node.newowner, context));
			return output.join(" ");
		}
		GrantStmt(node, context) {
			const output = [];
			if (node.is_grant) output.push("GRANT");
			else {
				output.push("REVOKE");
				if (node.grant_option) output.push("GRANT OPTION FOR");
			}
			if (node.privileges && node.privileges.length > 0) {
				const privilegeContext = context.spawn("GrantStmt");
				const privileges = list_utils_1.ListUtils.unwrapList(node.privileges).map((priv) => this.visit(priv, privilegeContext)).join(", ");
				output.push(privileges);
			} else output.push("ALL");
			output.push("ON");
			if (node.objtype && node.targtype === "ACL_TARGET_DEFAULTS") switch (node.objtype) {
				case "OBJECT_TABLE":
					output.push("TABLES");
					break;
				case "OBJECT_SEQUENCE":
					output.push("SEQUENCES");
					break;
				case "OBJECT_FUNCTION":
					output.push("FUNCTIONS");
					break;
				case "OBJECT_PROCEDURE":
					output.push("PROCEDURES");
					break;
				case "OBJECT_ROUTINE":
					output.push("ROUTINES");
					break;
				case "OBJECT_TYPE":
					output.push("TYPES");
					break;
				case "OBJECT_SCHEMA": output.push("SCHEMAS");
			}
			switch (node.targtype) {
				case "ACL_TARGET_OBJECT":
					if (node.objtype === "OBJECT_SCHEMA") output.push("SCHEMA");
					else if (node.objtype === "OBJECT_LANGUAGE") output.push("LANGUAGE");
					else if (node.objtype === "OBJECT_SEQUENCE") output.push("SEQUENCE");
					else if (node.objtype === "OBJECT_FUNCTION") output.push("FUNCTION");
					else if (node.objtype === "OBJECT_PROCEDURE") output.push("PROCEDURE");
					else if (node.objtype === "OBJECT_TYPE") output.push("TYPE");
					else if (node.objtype === "OBJECT_DOMAIN") output.push("DOMAIN");
					else if (node.objtype === "OBJECT_LARGEOBJECT") output.push("LARGE OBJECT");
					else if (node.objtype === "OBJECT_FDW") output.push("FOREIGN", "DATA", "WRAPPER");
					else if (node.objtype === "OBJECT_FOREIGN_SERVER") output.push("FOREIGN", "SERVER");
					else if (node.objtype === "OBJECT_DATABASE") output.push("DATABASE");
					if (node.objects && node.objects.length > 0) {
						const objects = list_utils_1.ListUtils.unwrapList(node.objects).map((obj) => this.visit(obj, context)).join(", ");
						output.push(objects);
					}
					break;
				case "ACL_TARGET_ALL_IN_SCHEMA":
					switch (node.objtype) {
						case "OBJECT_TABLE":
							output.push("ALL TABLES IN SCHEMA");
							break;
						case "OBJECT_SEQUENCE":
							output.push("ALL SEQUENCES IN SCHEMA");
							break;
						case "OBJECT_FUNCTION":
							output.push("ALL FUNCTIONS IN SCHEMA");
							break;
						case "OBJECT_PROCEDURE":
							output.push("ALL PROCEDURES IN SCHEMA");
							break;
						case "OBJECT_ROUTINE":
							output.push("ALL ROUTINES IN SCHEMA");
							break;
						case "OBJECT_TYPE":
							output.push("ALL TYPES IN SCHEMA");
							break;
						default: output.push("ALL TABLES IN SCHEMA");
					}
					if (node.objects && node.objects.length > 0) {
						const schemas = list_utils_1.ListUtils.unwrapList(node.objects).map((schema) => this.visit(schema, context)).join(", ");
						output.push(schemas);
					}
					break;
				default: if (node.objects && node.objects.length > 0) {
					const objects = list_utils_1.ListUtils.unwrapList(node.objects).map((obj) => this.visit(obj, context)).join(", ");
					output.push(objects);
				}
			}
			if (node.is_grant) output.push("TO");
			else output.push("FROM");
			if (node.grantees && node.grantees.length > 0) {
				const grantees = list_utils_1.ListUtils.unwrapList(node.grantees).map((grantee) => this.visit(grantee, context)).join(", ");
				output.push(grantees);
			}
			if (node.grant_option && node.is_grant) output.push("WITH GRANT OPTION");
			if (node.grantor) output.push("GRANTED BY", this.RoleSpec(node.grantor, context));
			if (!node.is_grant) {
				if (node.behavior === "DROP_CASCADE") output.push("CASCADE");
				else if (node.behavior === "DROP_RESTRICT") output.push("RESTRICT");
			}
			return output.join(" ");
		}
		GrantRoleStmt(node, context) {
			const output = [];
			const options = list_utils_1.ListUtils.unwrapList(node.opt).map((opt) => opt.DefElem).filter((opt) => !!opt && !!opt.defname);
			const optionValue = (opt) => {
				if (!opt.arg) return true;
				const argType = this.getNodeType(opt.arg);
				const argData = this.getNodeData(opt.arg);
				if (argType === "Boolean") return argData.boolval !== false;
				if (argType === "String") return argData.sval !== "false";
				return true;
			};
			const roles = list_utils_1.ListUtils.unwrapList(node.granted_roles).map((role) => role.AccessPriv?.priv_name ? quotes_1.QuoteUtils.quoteIdentifier(role.AccessPriv.priv_name) : this.visit(role, context)).join(", ");
			if (node.is_grant) output.push("GRANT", roles, "TO");
			else {
				output.push("REVOKE");
				if (options.length > 0) output.push(`${options[0].defname.toUpperCase()} OPTION FOR`);
				output.push(roles, "FROM");
			}
			if (node.grantee_roles && node.grantee_roles.length > 0) {
				const grantees = list_utils_1.ListUtils.unwrapList(node.grantee_roles).map((grantee) => this.visit(grantee, context)).join(", ");
				output.push(grantees);
			}
			if (node.is_grant && options.length > 0) {
				const withOptions = options.map((opt) => `${opt.defname.toUpperCase()} ${optionValue(opt) ? "TRUE" : "FALSE"}`);
				output.push("WITH", withOptions.join(", "));
			}
			if (node.grantor) output.push("GRANTED BY", this.RoleSpec(node.grantor, context));
			if (!node.is_grant && node.behavior === "DROP_CASCADE") output.push("CASCADE");
			return output.join(" ");
		}
		SecLabelStmt(node, context) {
			const output = ["SECURITY LABEL"];
			if (node.provider) output.push("FOR", quotes_1.QuoteUtils.quoteIdentifier(node.provider));
			output.push("ON");
			if (node.objtype) switch (node.objtype) {
				case "OBJECT_TABLE":
					output.push("TABLE");
					break;
				case "OBJECT_COLUMN":
					output.push("COLUMN");
					break;
				case "OBJECT_FUNCTION":
					output.push("FUNCTION");
					break;
				case "OBJECT_SCHEMA":
					output.push("SCHEMA");
					break;
				case "OBJECT_DATABASE":
					output.push("DATABASE");
					break;
				case "OBJECT_ROLE":
					output.push("ROLE");
					break;
				default: output.push(node.objtype.replace("OBJECT_", ""));
			}
			if (node.object) {
				if (typeof node.object === "object" && "List" in node.object) {
					const list = node.object.List;
					const objectParts = list_utils_1.ListUtils.unwrapList(list.items).map((item) => this.visit(item, context));
					output.push(objectParts.join("."));
				} else output.push(this.visit(node.object, context));
			}
			output.push("IS");
			if (node.label) output.push(`'${node.label}'`);
			else output.push("NULL");
			return output.join(" ");
		}
		AlterDefaultPrivilegesStmt(node, context) {
			const output = ["ALTER DEFAULT PRIVILEGES"];
			if (node.options && node.options.length > 0) {
				const options = list_utils_1.ListUtils.unwrapList(node.options);
				for (const option of options) {
					const optionData = this.getNodeData(option);
					if (optionData.defname === "schemas") {
						output.push("IN SCHEMA");
						if (optionData.arg) {
							const schemas = list_utils_1.ListUtils.unwrapList(optionData.arg).map((schema) => this.visit(schema, context)).join(", ");
							output.push(schemas);
						}
					} else if (optionData.defname === "roles") {
						output.push("FOR ROLE");
						if (optionData.arg) {
							const roles = list_utils_1.ListUtils.unwrapList(optionData.arg).map((role) => this.visit(role, context)).join(", ");
							output.push(roles);
						}
					}
				}
			}
			if (node.action) {
				const actionStr = this.GrantStmt(node.action, context);
				if (context.isPretty()) return output.join(" ") + context.newline() + context.indent(actionStr);
				else output.push(actionStr);
			}
			return output.join(" ");
		}
		CreateConversionStmt(node, context) {
			const output = ["CREATE"];
			if (node.def) output.push("DEFAULT");
			output.push("CONVERSION");
			if (node.conversion_name && node.conversion_name.length > 0) {
				const conversionName = list_utils_1.ListUtils.unwrapList(node.conversion_name).map((name) => this.visit(name, context)).join(".");
				output.push(conversionName);
			}
			if (node.for_encoding_name) output.push("FOR", `'${node.for_encoding_name}'`);
			if (node.to_encoding_name) output.push("TO", `'${node.to_encoding_name}'`);
			if (node.func_name && node.func_name.length > 0) {
				output.push("FROM");
				const funcName = list_utils_1.ListUtils.unwrapList(node.func_name).map((name) => this.visit(name, context)).join(".");
				output.push(funcName);
			}
			return output.join(" ");
		}
		CreateCastStmt(node, context) {
			const output = ["CREATE CAST"];
			output.push("(");
			if (node.sourcetype) output.push(this.TypeName(node.sourcetype, context));
			output.push("AS");
			if (node.targettype) output.push(this.TypeName(node.targettype, context));
			output.push(")");
			if (node.func) {
				output.push("WITH FUNCTION");
				output.push(this.ObjectWithArgs(node.func, context));
			} else if (node.inout) output.push("WITH INOUT");
			else output.push("WITHOUT FUNCTION");
			if (node.context) switch (node.context) {
				case "COERCION_IMPLICIT":
					output.push("AS IMPLICIT");
					break;
				case "COERCION_ASSIGNMENT":
					output.push("AS ASSIGNMENT");
					break;
				case "COERCION_EXPLICIT": break;
				default: throw new Error(`Unsupported CreateCastStmt context: ${node.context}`);
			}
			else if (node.context === "COERCION_ASSIGNMENT") output.push("AS ASSIGNMENT");
			return output.join(" ");
		}
		CreatePLangStmt(node, context) {
			const output = ["CREATE"];
			if (node.replace) output.push("OR REPLACE");
			if (node.pltrusted) output.push("TRUSTED");
			output.push("LANGUAGE");
			if (node.plname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.plname));
			if (node.plhandler && node.plhandler.length > 0) {
				output.push("HANDLER");
				const handlerName = list_utils_1.ListUtils.unwrapList(node.plhandler).map((name) => this.visit(name, context)).join(".");
				output.push(handlerName);
			}
			if (node.plinline && node.plinline.length > 0) {
				output.push("INLINE");
				const inlineName = list_utils_1.ListUtils.unwrapList(node.plinline).map((name) => this.visit(name, context)).join(".");
				output.push(inlineName);
			}
			if (node.plvalidator && node.plvalidator.length > 0) {
				output.push("VALIDATOR");
				const validatorName = list_utils_1.ListUtils.unwrapList(node.plvalidator).map((name) => this.visit(name, context)).join(".");
				output.push(validatorName);
			}
			return output.join(" ");
		}
		CreateTransformStmt(node, context) {
			const output = ["CREATE"];
			if (node.replace) output.push("OR REPLACE");
			output.push("TRANSFORM FOR");
			if (node.type_name) output.push(this.TypeName(node.type_name, context));
			output.push("LANGUAGE");
			if (node.lang) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.lang));
			output.push("(");
			const transforms = [];
			if (node.fromsql) {
				const fromSqlName = this.ObjectWithArgs(node.fromsql, context);
				transforms.push(`FROM SQL WITH FUNCTION ${fromSqlName}`);
			}
			if (node.tosql) {
				const toSqlName = this.ObjectWithArgs(node.tosql, context);
				transforms.push(`TO SQL WITH FUNCTION ${toSqlName}`);
			}
			output.push(transforms.join(", "));
			output.push(")");
			return output.join(" ");
		}
		CreateTrigStmt(node, context) {
			const output = ["CREATE"];
			if (node.replace) output.push("OR REPLACE");
			if (node.isconstraint) output.push("CONSTRAINT");
			output.push("TRIGGER");
			if (node.trigname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.trigname));
			if (context.isPretty()) {
				const components = [];
				const timing = [];
				if (node.timing & 2) timing.push("BEFORE");
				else if (node.timing & 64) timing.push("INSTEAD OF");
				else timing.push("AFTER");
				const events = [];
				if (node.events & 4) events.push("INSERT");
				if (node.events & 8) events.push("DELETE");
				if (node.events & 16) {
					let updateStr = "UPDATE";
					if (node.columns && node.columns.length > 0) {
						const columnNames = list_utils_1.ListUtils.unwrapList(node.columns).map((col) => this.visit(col, context)).join(", ");
						updateStr += " OF " + columnNames;
					}
					events.push(updateStr);
				}
				if (node.events & 32) events.push("TRUNCATE");
				components.push(context.indent(timing.join(" ") + " " + events.join(" OR ")));
				if (node.relation) components.push(context.indent("ON " + this.RangeVar(node.relation, context)));
				if (node.transitionRels && node.transitionRels.length > 0) {
					const transitionClauses = list_utils_1.ListUtils.unwrapList(node.transitionRels).map((rel) => this.visit(rel, context)).join(" ");
					components.push(context.indent("REFERENCING " + transitionClauses));
				}
				if (node.deferrable) components.push(context.indent("DEFERRABLE"));
				if (node.initdeferred) components.push(context.indent("INITIALLY DEFERRED"));
				if (node.row) components.push(context.indent("FOR EACH ROW"));
				else components.push(context.indent("FOR EACH STATEMENT"));
				if (node.whenClause) {
					const whenStr = "WHEN (" + this.visit(node.whenClause, context) + ")";
					components.push(context.indent(whenStr));
				}
				let executeStr = "EXECUTE";
				if (node.funcname && node.funcname.length > 0) {
					const funcName = list_utils_1.ListUtils.unwrapList(node.funcname).map((name) => this.visit(name, context)).join(".");
					executeStr += " PROCEDURE " + funcName;
				}
				if (node.args && node.args.length > 0) {
					const argContext = context.spawn("CreateTrigStmt", { isStringLiteral: true });
					const args = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, argContext)).join(", ");
					executeStr += "(" + args + ")";
				} else executeStr += "()";
				components.push(context.indent(executeStr));
				return output.join(" ") + context.newline() + components.join(context.newline());
			} else {
				const timing = [];
				if (node.timing & 2) timing.push("BEFORE");
				else if (node.timing & 64) timing.push("INSTEAD OF");
				else timing.push("AFTER");
				output.push(timing.join(" "));
				const events = [];
				if (node.events & 4) events.push("INSERT");
				if (node.events & 8) events.push("DELETE");
				if (node.events & 16) events.push("UPDATE");
				if (node.events & 32) events.push("TRUNCATE");
				output.push(events.join(" OR "));
				if (node.columns && node.columns.length > 0) {
					output.push("OF");
					const columnNames = list_utils_1.ListUtils.unwrapList(node.columns).map((col) => this.visit(col, context)).join(", ");
					output.push(columnNames);
				}
				output.push("ON");
				if (node.relation) output.push(this.RangeVar(node.relation, context));
				if (node.constrrel) {
					output.push("FROM");
					output.push(this.RangeVar(node.constrrel, context));
				}
				if (node.deferrable) output.push("DEFERRABLE");
				if (node.initdeferred) output.push("INITIALLY DEFERRED");
				if (node.transitionRels && node.transitionRels.length > 0) {
					output.push("REFERENCING");
					const transitionClauses = list_utils_1.ListUtils.unwrapList(node.transitionRels).map((rel) => this.visit(rel, context)).join(" ");
					output.push(transitionClauses);
				}
				if (node.row) output.push("FOR EACH ROW");
				else output.push("FOR EACH STATEMENT");
				if (node.whenClause) {
					output.push("WHEN");
					output.push("(");
					output.push(this.visit(node.whenClause, context));
					output.push(")");
				}
				output.push("EXECUTE");
				if (node.funcname && node.funcname.length > 0) {
					const funcName = list_utils_1.ListUtils.unwrapList(node.funcname).map((name) => this.visit(name, context)).join(".");
					output.push("FUNCTION", funcName);
				}
				if (node.args && node.args.length > 0) {
					output.push("(");
					const argContext = context.spawn("CreateTrigStmt", { isStringLiteral: true });
					const args = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, argContext)).join(", ");
					output.push(args);
					output.push(")");
				} else output.push("()");
				return output.join(" ");
			}
		}
		TriggerTransition(node, context) {
			const output = [];
			if (node.isNew) output.push("NEW TABLE AS");
			else output.push("OLD TABLE AS");
			if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
			return output.join(" ");
		}
		CreateEventTrigStmt(node, context) {
			const output = ["CREATE EVENT TRIGGER"];
			if (node.trigname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.trigname));
			output.push("ON");
			if (node.eventname) output.push(node.eventname);
			if (node.whenclause && node.whenclause.length > 0) {
				output.push("WHEN");
				const eventTriggerContext = context.spawn("CreateEventTrigStmt");
				const conditions = list_utils_1.ListUtils.unwrapList(node.whenclause).map((condition) => this.visit(condition, eventTriggerContext)).join(" AND ");
				output.push(conditions);
			}
			output.push("EXECUTE");
			if (node.funcname && node.funcname.length > 0) {
				const funcName = list_utils_1.ListUtils.unwrapList(node.funcname).map((name) => this.visit(name, context)).join(".");
				output.push("PROCEDURE", funcName + "()");
			}
			return output.join(" ");
		}
		AlterEventTrigStmt(node, context) {
			const output = ["ALTER EVENT TRIGGER"];
			if (node.trigname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.trigname));
			if (node.tgenabled) switch (node.tgenabled) {
				case "O":
					output.push("ENABLE");
					break;
				case "D":
					output.push("DISABLE");
					break;
				case "R":
					output.push("ENABLE REPLICA");
					break;
				case "A":
					output.push("ENABLE ALWAYS");
					break;
				default: throw new Error(`Unsupported trigger enable state: ${node.tgenabled}`);
			}
			return output.join(" ");
		}
		CreateOpClassStmt(node, context) {
			const output = ["CREATE OPERATOR CLASS"];
			if (node.opclassname && node.opclassname.length > 0) {
				const className = list_utils_1.ListUtils.unwrapList(node.opclassname).map((name) => this.visit(name, context)).join(".");
				output.push(className);
			}
			if (node.isDefault) output.push("DEFAULT");
			output.push("FOR TYPE");
			if (node.datatype) output.push(this.TypeName(node.datatype, context));
			output.push("USING");
			if (node.amname) output.push(node.amname);
			if (node.opfamilyname && node.opfamilyname.length > 0) {
				output.push("FAMILY");
				const familyName = list_utils_1.ListUtils.unwrapList(node.opfamilyname).map((name) => this.visit(name, context)).join(".");
				output.push(familyName);
			}
			output.push("AS");
			if (node.items && node.items.length > 0) {
				const items = list_utils_1.ListUtils.unwrapList(node.items).map((item) => this.visit(item, context)).join(", ");
				output.push(items);
			}
			return output.join(" ");
		}
		CreateOpFamilyStmt(node, context) {
			const output = ["CREATE OPERATOR FAMILY"];
			if (node.opfamilyname && node.opfamilyname.length > 0) {
				const familyName = list_utils_1.ListUtils.unwrapList(node.opfamilyname).map((name) => this.visit(name, context)).join(".");
				output.push(familyName);
			}
			output.push("USING");
			if (node.amname) output.push(node.amname);
			return output.join(" ");
		}
		AlterOpFamilyStmt(node, context) {
			const output = ["ALTER OPERATOR FAMILY"];
			if (node.opfamilyname && node.opfamilyname.length > 0) {
				const familyName = list_utils_1.ListUtils.unwrapList(node.opfamilyname).map((name) => this.visit(name, context)).join(".");
				output.push(familyName);
			}
			output.push("USING");
			if (node.amname) output.push(node.amname);
			if (node.isDrop) output.push("DROP");
			else output.push("ADD");
			if (node.items && node.items.length > 0) {
				const items = list_utils_1.ListUtils.unwrapList(node.items).map((item) => this.visit(item, context)).join(", ");
				output.push(items);
			}
			return output.join(" ");
		}
		MergeStmt(node, context) {
			const output = [];
			if (node.withClause) output.push(this.WithClause(node.withClause, context));
			output.push("MERGE INTO");
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			if (node.sourceRelation) {
				output.push("USING");
				output.push(this.visit(node.sourceRelation, context));
			}
			if (node.joinCondition) {
				output.push("ON");
				output.push(this.visit(node.joinCondition, context));
			}
			if (node.mergeWhenClauses && node.mergeWhenClauses.length > 0) {
				const whenClauses = list_utils_1.ListUtils.unwrapList(node.mergeWhenClauses).map((clause) => this.visit(clause, context)).join(" ");
				output.push(whenClauses);
			}
			if (node.returningClause) output.push(this.ReturningClause(node.returningClause, context));
			return output.join(" ");
		}
		MergeSupportFunc(node, context) {
			return "merge_action()";
		}
		MergeWhenClause(node, context) {
			const output = ["WHEN"];
			switch (node.matchKind) {
				case "MERGE_WHEN_MATCHED":
					output.push("MATCHED");
					break;
				case "MERGE_WHEN_NOT_MATCHED_BY_SOURCE":
					output.push("NOT MATCHED BY SOURCE");
					break;
				case "MERGE_WHEN_NOT_MATCHED_BY_TARGET": output.push("NOT MATCHED");
			}
			if (node.condition) {
				output.push("AND");
				output.push(this.visit(node.condition, context));
			}
			output.push("THEN");
			switch (node.commandType) {
				case "CMD_UPDATE":
					output.push("UPDATE SET");
					if (node.targetList && node.targetList.length > 0) output.push(this.formatUpdateAssignments(node.targetList, context));
					break;
				case "CMD_INSERT": {
					output.push("INSERT");
					const targetList = list_utils_1.ListUtils.unwrapList(node.targetList);
					if (targetList.length > 0) {
						const columns = targetList.map((target) => quotes_1.QuoteUtils.quoteIdentifier(target.ResTarget?.name)).join(", ");
						output.push(`(${columns})`);
					}
					if (node.override === "OVERRIDING_USER_VALUE") output.push("OVERRIDING USER VALUE");
					else if (node.override === "OVERRIDING_SYSTEM_VALUE") output.push("OVERRIDING SYSTEM VALUE");
					const values = list_utils_1.ListUtils.unwrapList(node.values);
					if (values.length > 0) {
						const valueItems = values.map((value) => this.visit(value, context)).join(", ");
						output.push(`VALUES (${valueItems})`);
					} else output.push("DEFAULT VALUES");
					break;
				}
				case "CMD_DELETE":
					output.push("DELETE");
					break;
				case "CMD_NOTHING": output.push("DO NOTHING");
			}
			return output.join(" ");
		}
		AlterTableMoveAllStmt(node, context) {
			const output = ["ALTER"];
			if (node.objtype === "OBJECT_TABLE") output.push("TABLE");
			else if (node.objtype === "OBJECT_INDEX") output.push("INDEX");
			else output.push("TABLE");
			output.push("ALL", "IN", "TABLESPACE");
			if (node.orig_tablespacename) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.orig_tablespacename));
			output.push("SET", "TABLESPACE");
			if (node.new_tablespacename) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.new_tablespacename));
			if (node.nowait) output.push("NOWAIT");
			return output.join(" ");
		}
		CreateSeqStmt(node, context) {
			const output = ["CREATE"];
			if (node.sequence) {
				if (node.sequence.relpersistence === "t") output.push("TEMPORARY");
			}
			output.push("SEQUENCE");
			if (node.if_not_exists) output.push("IF NOT EXISTS");
			if (node.sequence) {
				const sequenceName = [];
				const seq = node.sequence;
				if (seq.schemaname) sequenceName.push(quotes_1.QuoteUtils.quoteIdentifier(seq.schemaname));
				if (seq.relname) sequenceName.push(quotes_1.QuoteUtils.quoteIdentifier(seq.relname));
				output.push(sequenceName.join("."));
			}
			if (node.options && node.options.length > 0) {
				const seqContext = context.spawn("CreateSeqStmt");
				const optionStrs = list_utils_1.ListUtils.unwrapList(node.options).filter((option) => option != null && this.getNodeType(option) !== "undefined").map((option) => {
					try {
						return this.visit(option, seqContext);
					} catch (error) {
						console.warn(`Error processing option in CreateSeqStmt: ${error instanceof Error ? error.message : String(error)}`);
						return "";
					}
				}).filter((str) => str !== "").join(" ");
				if (optionStrs) output.push(optionStrs);
			}
			return output.join(" ");
		}
		AlterSeqStmt(node, context) {
			const output = ["ALTER", "SEQUENCE"];
			if (node.missing_ok) output.push("IF EXISTS");
			if (node.sequence) {
				const sequenceName = [];
				const seq = node.sequence;
				if (seq.schemaname) sequenceName.push(quotes_1.QuoteUtils.quoteIdentifier(seq.schemaname));
				if (seq.relname) sequenceName.push(quotes_1.QuoteUtils.quoteIdentifier(seq.relname));
				output.push(sequenceName.join("."));
			}
			if (node.options && node.options.length > 0) {
				const seqContext = context.spawn("AlterSeqStmt");
				const optionStrs = list_utils_1.ListUtils.unwrapList(node.options).filter((option) => option && option !== void 0).map((option) => {
					try {
						if (!option || this.getNodeType(option) === "undefined") return "";
						return this.visit(option, seqContext);
					} catch (error) {
						console.warn(`Error processing option in AlterSeqStmt: ${error instanceof Error ? error.message : String(error)}`);
						return "";
					}
				}).filter((str) => str && str.trim().length > 0).join(" ");
				if (optionStrs) output.push(optionStrs);
			}
			if (node.for_identity) output.push("FOR IDENTITY");
			return output.join(" ");
		}
		CompositeTypeStmt(node, context) {
			const output = ["CREATE", "TYPE"];
			if (node.typevar) {
				const typeContext = context.spawn("CompositeTypeStmt");
				output.push(this.RangeVar(node.typevar, typeContext));
			}
			output.push("AS");
			if (node.coldeflist && node.coldeflist.length > 0) {
				const colDefs = list_utils_1.ListUtils.unwrapList(node.coldeflist).map((colDef) => this.visit(colDef, context)).join(", ");
				output.push(`(${colDefs})`);
			} else output.push("()");
			return output.join(" ");
		}
		CreateRangeStmt(node, context) {
			const output = ["CREATE", "TYPE"];
			if (node.typeName && node.typeName.length > 0) {
				const typeNameStr = list_utils_1.ListUtils.unwrapList(node.typeName).map((name) => this.visit(name, context)).join(".");
				output.push(typeNameStr);
			}
			output.push("AS", "RANGE");
			if (node.params && node.params.length > 0) {
				const paramStrs = list_utils_1.ListUtils.unwrapList(node.params).map((param) => {
					const paramData = this.getNodeData(param);
					if (paramData.defname && paramData.arg) {
						const argValue = this.visit(paramData.arg, context);
						return `${paramData.defname} = ${argValue}`;
					}
					return this.visit(param, context);
				});
				output.push(`(${paramStrs.join(", ")})`);
			}
			return output.join(" ");
		}
		AlterEnumStmt(node, context) {
			const output = ["ALTER", "TYPE"];
			if (node.typeName && node.typeName.length > 0) {
				const typeNameStr = list_utils_1.ListUtils.unwrapList(node.typeName).map((name) => this.visit(name, context)).join(".");
				output.push(typeNameStr);
			}
			if (node.oldVal && node.newVal) {
				const escapedOldVal = node.oldVal.replace(/'/g, "''");
				const escapedNewVal = node.newVal.replace(/'/g, "''");
				output.push("RENAME", "VALUE", `'${escapedOldVal}'`, "TO", `'${escapedNewVal}'`);
			} else if (node.newVal) {
				output.push("ADD", "VALUE");
				if (node.skipIfNewValExists) output.push("IF NOT EXISTS");
				const escapedNewVal = node.newVal.replace(/'/g, "''");
				output.push(`'${escapedNewVal}'`);
				if (node.newValNeighbor) {
					const escapedNeighbor = node.newValNeighbor.replace(/'/g, "''");
					if (node.newValIsAfter) output.push("AFTER", `'${escapedNeighbor}'`);
					else output.push("BEFORE", `'${escapedNeighbor}'`);
				}
			}
			return output.join(" ");
		}
		AlterTypeStmt(node, context) {
			const output = ["ALTER", "TYPE"];
			if (node.typeName && node.typeName.length > 0) {
				const typeNameStr = list_utils_1.ListUtils.unwrapList(node.typeName).map((name) => this.visit(name, context)).join(".");
				output.push(typeNameStr);
			}
			output.push("SET");
			if (node.options && node.options.length > 0) {
				const optionStrs = list_utils_1.ListUtils.unwrapList(node.options).map((option) => {
					const optionData = this.getNodeData(option);
					if (optionData.defname && optionData.arg) {
						const argValue = this.visit(optionData.arg, context);
						return `${optionData.defname} = ${argValue}`;
					}
					return this.visit(option, context);
				});
				output.push(`(${optionStrs.join(", ")})`);
			}
			return output.join(" ");
		}
		AlterRoleStmt(node, context) {
			const isGroupStatement = node.options && list_utils_1.ListUtils.unwrapList(node.options).some((option) => option.DefElem && option.DefElem.defname === "rolemembers");
			const output = ["ALTER", isGroupStatement ? "GROUP" : "ROLE"];
			if (node.role) output.push(this.RoleSpec(node.role, context));
			if (node.options) {
				const roleContext = context.spawn("AlterRoleStmt");
				if (isGroupStatement) {
					const roleMembersOption = list_utils_1.ListUtils.unwrapList(node.options).find((option) => option.DefElem && option.DefElem.defname === "rolemembers");
					if (roleMembersOption && roleMembersOption.DefElem) {
						const operation = node.action === 1 ? "ADD" : "DROP";
						output.push(operation, "USER");
						if (roleMembersOption.DefElem.arg && roleMembersOption.DefElem.arg.List) {
							const users = list_utils_1.ListUtils.unwrapList(roleMembersOption.DefElem.arg.List.items).map((user) => this.visit(user, roleContext)).join(", ");
							output.push(users);
						}
					}
				} else {
					const options = list_utils_1.ListUtils.unwrapList(node.options).map((option) => this.visit(option, roleContext)).join(" ");
					if (options) output.push(options);
				}
			}
			return output.join(" ");
		}
		DropRoleStmt(node, context) {
			const output = ["DROP", "ROLE"];
			if (node.missing_ok) output.push("IF EXISTS");
			if (node.roles) {
				const roleNames = list_utils_1.ListUtils.unwrapList(node.roles).map((role) => this.visit(role, context)).join(", ");
				output.push(roleNames);
			}
			return output.join(" ");
		}
		targetList(node, context) {
			if (!node || !Array.isArray(node)) return "";
			return node.map((target) => this.visit(target, context)).join(", ");
		}
		CreateAggregateStmt(node, context) {
			const output = ["CREATE"];
			if (node.replace) output.push("OR REPLACE");
			output.push("AGGREGATE");
			if (node.defnames && node.defnames.length > 0) {
				const aggName = list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context)).join(".");
				output.push(aggName);
			}
			output.push("(");
			if (node.args && node.args.length > 0) {
				const args = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context)).join(", ");
				output.push(args);
			} else output.push("*");
			output.push(")");
			output.push("(");
			const options = [];
			if (node.definition && node.definition.length > 0) {
				const optionStrs = list_utils_1.ListUtils.unwrapList(node.definition).map((option) => {
					const optionData = this.getNodeData(option);
					if (optionData.defname === "sfunc" || optionData.defname === "sfunc1") return `SFUNC = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "stype" || optionData.defname === "stype1") return `STYPE = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "basetype") return `BASETYPE = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "finalfunc") return `FINALFUNC = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "initcond" || optionData.defname === "initcond1") return `INITCOND = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "combinefunc") return `COMBINEFUNC = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "serialfunc") return `SERIALFUNC = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "deserialfunc") return `DESERIALFUNC = ${this.visit(optionData.arg, context)}`;
					else if (optionData.defname === "parallel") return `PARALLEL = ${this.visit(optionData.arg, context)}`;
					return this.visit(option, context);
				});
				options.push(...optionStrs);
			}
			output.push(options.join(", "));
			output.push(")");
			return output.join(" ");
		}
		CreateTableAsStmt(node, context) {
			const output = ["CREATE"];
			if (node.objtype === "OBJECT_MATVIEW") output.push("MATERIALIZED VIEW");
			else if (node.into && node.into.rel && node.into.rel.relpersistence === "t") output.push("TEMPORARY TABLE");
			else output.push("TABLE");
			if (node.if_not_exists) output.push("IF NOT EXISTS");
			if (node.into && node.into.rel) output.push(this.RangeVar(node.into.rel, context));
			if (node.into && node.into.colNames && node.into.colNames.length > 0) {
				output.push("(");
				const colNames = list_utils_1.ListUtils.unwrapList(node.into.colNames).map((col) => this.visit(col, context)).join(", ");
				output.push(colNames);
				output.push(")");
			}
			if (node.into && node.into.accessMethod) {
				output.push("USING");
				output.push(node.into.accessMethod);
			}
			if (node.into && node.into.options && node.into.options.length > 0) {
				output.push("WITH");
				const options = list_utils_1.ListUtils.unwrapList(node.into.options).map((option) => this.visit(option, context.spawn("CreateStmt"))).join(", ");
				output.push(`(${options})`);
			}
			if (node.into && node.into.onCommit && node.into.onCommit !== "ONCOMMIT_NOOP") {
				output.push("ON COMMIT");
				switch (node.into.onCommit) {
					case "ONCOMMIT_PRESERVE_ROWS":
						output.push("PRESERVE ROWS");
						break;
					case "ONCOMMIT_DELETE_ROWS":
						output.push("DELETE ROWS");
						break;
					case "ONCOMMIT_DROP": output.push("DROP");
				}
			}
			if (node.into && node.into.tableSpaceName) output.push("TABLESPACE", quotes_1.QuoteUtils.quoteIdentifier(node.into.tableSpaceName));
			output.push("AS");
			if (node.query) output.push(this.visit(node.query, context));
			if (node.into && node.into.skipData) output.push("WITH NO DATA");
			return output.join(" ");
		}
		RefreshMatViewStmt(node, context) {
			const output = [
				"REFRESH",
				"MATERIALIZED",
				"VIEW"
			];
			if (node.concurrent) output.push("CONCURRENTLY");
			if (node.relation) output.push(this.visit(node.relation, context));
			if (node.skipData) output.push("WITH NO DATA");
			return output.join(" ");
		}
		AccessPriv(node, context) {
			const output = [];
			if (node.priv_name) output.push(node.priv_name.toUpperCase());
			else output.push("ALL");
			if (node.cols && node.cols.length > 0) {
				output.push("(");
				const colContext = context.spawn("AccessPriv");
				const columns = list_utils_1.ListUtils.unwrapList(node.cols).map((col) => this.visit(col, colContext));
				output.push(columns.join(", "));
				output.push(")");
			}
			return output.join(" ");
		}
		aliasname(node, context) {
			if (typeof node === "string") return quotes_1.QuoteUtils.quoteIdentifier(node);
			return this.visit(node, context);
		}
		DefineStmt(node, context) {
			const output = [];
			if (!node.kind) throw new Error("DefineStmt requires kind property");
			switch (node.kind) {
				case "OBJECT_OPERATOR":
					output.push("CREATE OPERATOR");
					if (node.defnames && node.defnames.length > 0) {
						const names = list_utils_1.ListUtils.unwrapList(node.defnames).map((name, index) => {
							if (index === node.defnames.length - 1) {
								const nodeData = this.getNodeData(name);
								if (nodeData && nodeData.sval) return nodeData.sval;
							}
							return this.visit(name, context);
						});
						output.push(names.join("."));
					}
					if (node.definition && node.definition.length > 0) {
						output.push("(");
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							if (def.DefElem) {
								const defElem = def.DefElem;
								const defName = defElem.defname;
								const defValue = defElem.arg;
								if (defName && defValue) {
									const quotedDefName = quotes_1.QuoteUtils.quoteIdentifier(defName);
									const preservedDefName = quotedDefName !== defName ? quotedDefName : this.preserveOperatorDefElemCase(defName);
									if ((defName.toLowerCase() === "commutator" || defName.toLowerCase() === "negator") && defValue.List) {
										const listItems = list_utils_1.ListUtils.unwrapList(defValue.List.items);
										if (listItems.length === 1 && listItems[0].String) return `${preservedDefName} = ${listItems[0].String.sval}`;
									}
									if (defName.toLowerCase() === "commutator" || defName.toLowerCase() === "negator") return `${preservedDefName} = ${this.visit(defValue, context)}`;
									return `${preservedDefName} = ${this.visit(defValue, context)}`;
								} else if (defName && !defValue) {
									if (defName === "Hashes" || defName === "Merges") return quotes_1.QuoteUtils.quoteIdentifier(defName);
									return this.preserveOperatorDefElemCase(defName).toUpperCase();
								}
							}
							return this.visit(def, context);
						});
						output.push(definitions.join(", "));
						output.push(")");
					}
					break;
				case "OBJECT_TYPE":
					output.push("CREATE TYPE");
					if (node.defnames && node.defnames.length > 0) output.push(list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context)).join("."));
					if (node.definition && node.definition.length > 0) {
						const defineStmtContext = context.spawn("DefineStmt");
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							return this.visit(def, defineStmtContext);
						});
						output.push(`(${definitions.join(", ")})`);
					}
					break;
				case "OBJECT_AGGREGATE":
					output.push("CREATE");
					if (node.replace) output.push("OR REPLACE");
					output.push("AGGREGATE");
					if (node.defnames && node.defnames.length > 0) {
						const nameStrs = list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context));
						output.push(nameStrs.join("."));
					}
					if (node.args && node.args.length > 0) {
						const args = list_utils_1.ListUtils.unwrapList(node.args);
						const hasOrderedSetIndicator = args.some((arg) => arg.Integer && arg.Integer.ival === 1);
						const hasOrderByPattern = args.length >= 2 && args[0].List && args[0].List.items && args[0].List.items.length === 1 && args[0].List.items[0].FunctionParameter && args[0].List.items[0].FunctionParameter.mode === "FUNC_PARAM_DEFAULT" && args[1].Integer && Object.keys(args[1].Integer).length === 0;
						const filteredArgs = args.filter((arg) => {
							if (arg.Integer && (arg.Integer.ival === -1 || arg.Integer.ival === 1)) return false;
							if (arg.Integer && Object.keys(arg.Integer).length === 0 && hasOrderByPattern) return false;
							return true;
						});
						if (filteredArgs.length > 0) {
							if (hasOrderByPattern) {
								const listArg = filteredArgs[0];
								if (listArg.List && listArg.List.items && listArg.List.items[0].FunctionParameter) {
									const functionParam = listArg.List.items[0].FunctionParameter;
									let paramStr;
									if (functionParam.argType && functionParam.argType.names) {
										const names = functionParam.argType.names;
										if (names.length >= 2 && names[0].String && names[0].String.sval === "pg_catalog") paramStr = names[1].String.sval;
										else if (names.length >= 1 && names[0].String) paramStr = names[0].String.sval;
										else paramStr = "unknown";
									} else paramStr = this.visit({ TypeName: functionParam.argType }, context);
									output.push(`(ORDER BY ${paramStr})`);
								} else {
									const paramStr = this.visit(listArg, context);
									output.push(`(ORDER BY ${paramStr})`);
								}
							} else if (hasOrderedSetIndicator && filteredArgs.length === 1 && filteredArgs[0].List) {
								const listArg = filteredArgs[0].List;
								if (listArg.items && listArg.items.length >= 2) {
									const items = list_utils_1.ListUtils.unwrapList(listArg.items);
									const firstItem = this.visit(items[0], context);
									const remainingItems = items.slice(1).map((item) => this.visit(item, context));
									output.push(`(${firstItem} ORDER BY ${remainingItems.join(", ")})`);
								} else if (listArg.items && listArg.items.length === 1) {
									const item = listArg.items[0];
									if (item.FunctionParameter && item.FunctionParameter.mode === "FUNC_PARAM_VARIADIC") {
										const paramStr = this.visit(item, context);
										output.push(`(${paramStr} ORDER BY ${paramStr})`);
									} else {
										const paramStr = this.visit(item, context);
										output.push(`(${paramStr})`);
									}
								} else {
									const argStrs = filteredArgs.map((arg) => {
										if (Object.keys(arg).length === 0) return "*";
										return this.visit(arg, context);
									});
									output.push(`(${argStrs.join(", ")})`);
								}
							} else {
								const argStrs = filteredArgs.map((arg) => {
									if (Object.keys(arg).length === 0) return "*";
									return this.visit(arg, context);
								});
								output.push(`(${argStrs.join(", ")})`);
							}
						}
					}
					if (node.definition && node.definition.length > 0) {
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							if (def.DefElem) {
								const defElem = def.DefElem;
								const defName = defElem.defname;
								const defValue = defElem.arg;
								if (defName && defValue) {
									const quotedDefName = quotes_1.QuoteUtils.quoteIdentifier(defName);
									const preservedDefName = quotedDefName !== defName ? quotedDefName : defName;
									if (defValue.String) return `${preservedDefName} = '${defValue.String.sval}'`;
									return `${preservedDefName} = ${this.visit(defValue, context)}`;
								}
							}
							return this.visit(def, context);
						});
						output.push(`(${definitions.join(", ")})`);
					}
					break;
				case "OBJECT_TSDICTIONARY":
					output.push("CREATE TEXT SEARCH DICTIONARY");
					if (node.defnames && node.defnames.length > 0) output.push(list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context)).join("."));
					if (node.definition && node.definition.length > 0) {
						output.push("(");
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							if (def.DefElem) {
								const defElem = def.DefElem;
								const defName = defElem.defname;
								const defValue = defElem.arg;
								if (defName && defValue) return `${defName} = ${this.visit(defValue, context)}`;
							}
							return this.visit(def, context);
						});
						output.push(definitions.join(", "));
						output.push(")");
					}
					break;
				case "OBJECT_TSCONFIGURATION":
					output.push("CREATE TEXT SEARCH CONFIGURATION");
					if (node.defnames && node.defnames.length > 0) output.push(list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context)).join("."));
					if (node.definition && node.definition.length > 0) {
						output.push("(");
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							if (def.DefElem) {
								const defElem = def.DefElem;
								const defName = defElem.defname;
								const defValue = defElem.arg;
								if (defName && defValue) return `${defName} = ${this.visit(defValue, context)}`;
							}
							return this.visit(def, context);
						});
						output.push(definitions.join(", "));
						output.push(")");
					}
					break;
				case "OBJECT_TSPARSER":
					output.push("CREATE TEXT SEARCH PARSER");
					if (node.defnames && node.defnames.length > 0) {
						const names = list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context)).join(".");
						output.push(names);
					}
					if (node.definition && node.definition.length > 0) {
						output.push("(");
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							if (def.DefElem) {
								const defElem = def.DefElem;
								const defName = defElem.defname;
								const defValue = defElem.arg;
								if (defName && defValue) return `${defName} = ${this.visit(defValue, context)}`;
							}
							return this.visit(def, context);
						});
						output.push(definitions.join(", "));
						output.push(")");
					}
					break;
				case "OBJECT_TSTEMPLATE":
					output.push("CREATE TEXT SEARCH TEMPLATE");
					if (node.defnames && node.defnames.length > 0) {
						const names = list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context)).join(".");
						output.push(names);
					}
					if (node.definition && node.definition.length > 0) {
						output.push("(");
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							if (def.DefElem) {
								const defElem = def.DefElem;
								const defName = defElem.defname;
								const defValue = defElem.arg;
								if (defName && defValue) return `${defName} = ${this.visit(defValue, context)}`;
							}
							return this.visit(def, context);
						});
						output.push(definitions.join(", "));
						output.push(")");
					}
					break;
				case "OBJECT_COLLATION":
					output.push("CREATE COLLATION");
					if (node.defnames && node.defnames.length > 0) output.push(list_utils_1.ListUtils.unwrapList(node.defnames).map((name) => this.visit(name, context)).join("."));
					if (node.definition && node.definition.length > 0) {
						const definitions = list_utils_1.ListUtils.unwrapList(node.definition).map((def) => {
							if (def.DefElem) {
								const defElem = def.DefElem;
								const defName = defElem.defname;
								const defValue = defElem.arg;
								if (defName && defValue) {
									if (defName === "from") return `FROM ${this.visit(defValue, context)}`;
									let valueStr;
									if (defValue.String) valueStr = `'${defValue.String.sval}'`;
									else valueStr = this.visit(defValue, context);
									return `${defName} = ${valueStr}`;
								}
							}
							return this.visit(def, context);
						});
						if (definitions.some((def) => def.startsWith("FROM "))) output.push(definitions.join(" "));
						else output.push(`(${definitions.join(", ")})`);
					}
					break;
				default: throw new Error(`Unsupported DefineStmt kind: ${node.kind}`);
			}
			return output.join(" ");
		}
		AlterDatabaseStmt(node, context) {
			const output = ["ALTER", "DATABASE"];
			if (node.dbname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.dbname));
			if (node.options && node.options.length > 0) {
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context));
				output.push(options.join(" "));
			}
			return output.join(" ");
		}
		AlterDatabaseRefreshCollStmt(node, context) {
			const output = ["ALTER", "DATABASE"];
			if (node.dbname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.dbname));
			output.push("REFRESH", "COLLATION", "VERSION");
			return output.join(" ");
		}
		AlterDatabaseSetStmt(node, context) {
			const output = ["ALTER", "DATABASE"];
			if (node.dbname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.dbname));
			if (node.setstmt) {
				const setClause = this.VariableSetStmt(node.setstmt, context);
				output.push(setClause);
			}
			return output.join(" ");
		}
		DeclareCursorStmt(node, context) {
			const output = ["DECLARE"];
			if (node.portalname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.portalname));
			const cursorOptions = [];
			if (node.options) {
				if (node.options & 2) cursorOptions.push("SCROLL");
				else if (node.options & 4) cursorOptions.push("NO SCROLL");
				if (node.options & 1) cursorOptions.push("BINARY");
				if (node.options & 8) cursorOptions.push("INSENSITIVE");
			}
			if (cursorOptions.length > 0) output.push(...cursorOptions);
			output.push("CURSOR");
			if (node.options && node.options & 32) output.push("WITH HOLD");
			output.push("FOR");
			if (node.query) output.push(this.visit(node.query, context));
			return output.join(" ");
		}
		PublicationObjSpec(node, context) {
			const output = [];
			if (node.pubobjtype === "PUBLICATIONOBJ_TABLE") {
				output.push("TABLE");
				if (node.pubtable) output.push(this.PublicationTable(node.pubtable, context));
			} else if (node.pubobjtype === "PUBLICATIONOBJ_TABLES_IN_SCHEMA") {
				output.push("TABLES IN SCHEMA");
				if (node.name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.name));
			} else if (node.pubobjtype === "PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA") output.push("TABLES IN SCHEMA CURRENT_SCHEMA");
			return output.join(" ");
		}
		PublicationTable(node, context) {
			const output = [];
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			if (node.columns && node.columns.length > 0) {
				const columns = list_utils_1.ListUtils.unwrapList(node.columns).map((col) => this.visit(col, context));
				output.push(`(${columns.join(", ")})`);
			}
			if (node.whereClause) {
				output.push("WHERE");
				output.push(`(${this.visit(node.whereClause, context)})`);
			}
			return output.join(" ");
		}
		CreateAmStmt(node, context) {
			const output = [
				"CREATE",
				"ACCESS",
				"METHOD"
			];
			if (node.amname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.amname));
			output.push("TYPE");
			switch (node.amtype) {
				case "i":
					output.push("INDEX");
					break;
				case "t":
					output.push("TABLE");
					break;
				default: output.push(node.amtype || "");
			}
			if (node.handler_name && node.handler_name.length > 0) {
				output.push("HANDLER");
				const handlerName = list_utils_1.ListUtils.unwrapList(node.handler_name).map((name) => this.visit(name, context)).join(".");
				output.push(handlerName);
			}
			return output.join(" ");
		}
		IntoClause(node, context) {
			const output = [];
			if (node.rel) output.push(this.RangeVar(node.rel, context));
			if (node.colNames && node.colNames.length > 0) {
				const columns = list_utils_1.ListUtils.unwrapList(node.colNames).map((col) => this.visit(col, context)).join(", ");
				output.push(`(${columns})`);
			}
			if (node.accessMethod) output.push("USING", node.accessMethod);
			if (node.options && node.options.length > 0) {
				output.push("WITH");
				const options = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, context)).join(", ");
				output.push(`(${options})`);
			}
			if (node.onCommit && node.onCommit !== "ONCOMMIT_NOOP") {
				output.push("ON COMMIT");
				switch (node.onCommit) {
					case "ONCOMMIT_PRESERVE_ROWS":
						output.push("PRESERVE ROWS");
						break;
					case "ONCOMMIT_DELETE_ROWS":
						output.push("DELETE ROWS");
						break;
					case "ONCOMMIT_DROP": output.push("DROP");
				}
			}
			if (node.tableSpaceName) output.push("TABLESPACE", quotes_1.QuoteUtils.quoteIdentifier(node.tableSpaceName));
			return output.join(" ");
		}
		OnConflictExpr(node, context) {
			const output = ["ON CONFLICT"];
			if (node.arbiterElems && node.arbiterElems.length > 0) {
				const arbiters = list_utils_1.ListUtils.unwrapList(node.arbiterElems).map((elem) => this.visit(elem, context)).join(", ");
				output.push(`(${arbiters})`);
			}
			if (node.arbiterWhere) {
				output.push("WHERE");
				output.push(this.visit(node.arbiterWhere, context));
			}
			if (node.action === "ONCONFLICT_NOTHING") output.push("DO NOTHING");
			else if (node.action === "ONCONFLICT_UPDATE") {
				output.push("DO UPDATE SET");
				if (node.onConflictSet && node.onConflictSet.length > 0) {
					const updates = list_utils_1.ListUtils.unwrapList(node.onConflictSet).map((set) => this.visit(set, context)).join(", ");
					output.push(updates);
				}
				if (node.onConflictWhere) {
					output.push("WHERE");
					output.push(this.visit(node.onConflictWhere, context));
				}
			}
			return output.join(" ");
		}
		ScanToken(node, context) {
			return "";
		}
		CreateOpClassItem(node, context) {
			const output = [];
			if (node.itemtype === 1) {
				output.push("OPERATOR");
				const operatorNumber = node.number !== void 0 ? node.number : 0;
				output.push(operatorNumber.toString());
				if (node.name) {
					const opClassContext = context.spawn("CreateOpClassItem");
					output.push(this.ObjectWithArgs(node.name, opClassContext));
				}
			} else if (node.itemtype === 2) {
				output.push("FUNCTION");
				const functionNumber = node.number !== void 0 ? node.number : 0;
				output.push(functionNumber.toString());
				if (node.name) {
					const opClassContext = context.spawn("CreateOpClassItem");
					output.push(this.ObjectWithArgs(node.name, opClassContext));
				}
			} else if (node.itemtype === 3) {
				output.push("STORAGE");
				if (node.storedtype) output.push(this.TypeName(node.storedtype, context));
			}
			if (node.order_family && node.order_family.length > 0) {
				output.push("FOR ORDER BY");
				const orderFamily = list_utils_1.ListUtils.unwrapList(node.order_family).map((family) => this.visit(family, context)).join(".");
				output.push(orderFamily);
			}
			if (node.class_args && node.class_args.length > 0) {
				const classArgs = list_utils_1.ListUtils.unwrapList(node.class_args).map((arg) => this.visit(arg, context)).join(", ");
				output.push(`(${classArgs})`);
			}
			return output.join(" ");
		}
		Var(node, context) {
			if (node.varno && node.varattno) return `$${node.varno}.${node.varattno}`;
			return "$var";
		}
		TableFunc(node, context) {
			const output = [];
			if (node.functype === "TFT_XMLTABLE") {
				output.push("XMLTABLE");
				if (node.ns_names && node.ns_names.length > 0) {
					output.push("XMLNAMESPACES");
					const namespaces = list_utils_1.ListUtils.unwrapList(node.ns_names).map((ns) => this.visit(ns, context)).join(", ");
					output.push(`(${namespaces})`);
				}
				if (node.rowexpr) output.push(`(${this.visit(node.rowexpr, context)})`);
				if (node.docexpr) {
					output.push("PASSING");
					output.push(this.visit(node.docexpr, context));
				}
				if (node.colexprs && node.colexprs.length > 0) {
					output.push("COLUMNS");
					const columns = list_utils_1.ListUtils.unwrapList(node.colexprs).map((col) => this.visit(col, context)).join(", ");
					output.push(columns);
				}
			} else if (node.functype === "TFT_JSON_TABLE") {
				output.push("JSON_TABLE");
				if (node.docexpr) output.push(`(${this.visit(node.docexpr, context)})`);
				if (node.rowexpr) {
					output.push(",");
					output.push(`'${this.visit(node.rowexpr, context)}'`);
				}
				if (node.colexprs && node.colexprs.length > 0) {
					output.push("COLUMNS");
					const columns = list_utils_1.ListUtils.unwrapList(node.colexprs).map((col) => this.visit(col, context)).join(", ");
					output.push(`(${columns})`);
				}
			}
			return output.join(" ");
		}
		RangeTableFunc(node, context) {
			const output = [];
			if (node.lateral) output.push("LATERAL");
			if (node.docexpr) output.push(this.visit(node.docexpr, context));
			if (node.rowexpr) {
				output.push("PASSING");
				output.push(this.visit(node.rowexpr, context));
			}
			if (node.columns && node.columns.length > 0) {
				output.push("COLUMNS");
				const columns = list_utils_1.ListUtils.unwrapList(node.columns).map((col) => this.visit(col, context)).join(", ");
				output.push(`(${columns})`);
			}
			if (node.alias) output.push(this.Alias(node.alias, context));
			return output.join(" ");
		}
		RangeTableFuncCol(node, context) {
			const output = [];
			if (node.colname) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.colname));
			if (node.for_ordinality) output.push("FOR ORDINALITY");
			else if (node.typeName) output.push(this.TypeName(node.typeName, context));
			if (node.colexpr) {
				output.push("PATH");
				output.push(`'${this.visit(node.colexpr, context)}'`);
			}
			if (node.coldefexpr) {
				output.push("DEFAULT");
				output.push(this.visit(node.coldefexpr, context));
			}
			return output.join(" ");
		}
		formatJsonFormat(format) {
			if (!format || !format.format_type || format.format_type === "JS_FORMAT_DEFAULT") return null;
			const parts = ["FORMAT JSON"];
			switch (format.encoding) {
				case "JS_ENC_UTF8":
					parts.push("ENCODING UTF8");
					break;
				case "JS_ENC_UTF16":
					parts.push("ENCODING UTF16");
					break;
				case "JS_ENC_UTF32": parts.push("ENCODING UTF32");
			}
			return parts.join(" ");
		}
		formatJsonOutput(output, context) {
			if (!output || !output.typeName) return null;
			const parts = ["RETURNING", this.TypeName(output.typeName, context)];
			const format = this.formatJsonFormat(output.returning?.format);
			if (format) parts.push(format);
			return parts.join(" ");
		}
		formatJsonNullClause(absentOnNull) {
			return absentOnNull ? "ABSENT ON NULL" : "NULL ON NULL";
		}
		formatJsonUniqueClause(unique) {
			return unique ? "WITH UNIQUE KEYS" : null;
		}
		JsonValueExpr(node, context) {
			const parts = [];
			if (node.raw_expr) parts.push(this.visit(node.raw_expr, context));
			const format = this.formatJsonFormat(node.format);
			if (format) parts.push(format);
			return parts.join(" ");
		}
		JsonKeyValue(node, context) {
			return `${node.key ? this.visit(node.key, context) : ""} : ${node.value ? this.JsonValueExpr(node.value, context) : ""}`;
		}
		JsonObjectConstructor(node, context) {
			const args = [];
			if (node.exprs && node.exprs.length > 0) {
				args.push(list_utils_1.ListUtils.unwrapList(node.exprs).map((e) => this.visit(e, context)).join(", "));
				args.push(this.formatJsonNullClause(node.absent_on_null));
				const unique = this.formatJsonUniqueClause(node.unique);
				if (unique) args.push(unique);
			}
			const output = this.formatJsonOutput(node.output, context);
			if (output) args.push(output);
			return `JSON_OBJECT(${args.join(" ")})`;
		}
		JsonArrayConstructor(node, context) {
			const args = [];
			if (node.exprs && node.exprs.length > 0) {
				args.push(list_utils_1.ListUtils.unwrapList(node.exprs).map((e) => this.visit(e, context)).join(", "));
				args.push(this.formatJsonNullClause(node.absent_on_null));
			}
			const output = this.formatJsonOutput(node.output, context);
			if (output) args.push(output);
			return `JSON_ARRAY(${args.join(" ")})`;
		}
		JsonArrayQueryConstructor(node, context) {
			const args = [];
			if (node.query) args.push(this.visit(node.query, context));
			const format = this.formatJsonFormat(node.format);
			if (format) args.push(format);
			const output = this.formatJsonOutput(node.output, context);
			if (output) args.push(output);
			return `JSON_ARRAY(${args.join(" ")})`;
		}
		formatJsonAggSuffix(ctor, context) {
			if (!ctor) return "";
			let result = "";
			if (ctor.agg_filter) result += ` FILTER (WHERE ${this.visit(ctor.agg_filter, context)})`;
			if (ctor.over) result += this.formatOverClause(ctor.over, context);
			return result;
		}
		JsonObjectAgg(node, context) {
			const args = [];
			if (node.arg) args.push(this.JsonKeyValue(node.arg, context));
			args.push(this.formatJsonNullClause(node.absent_on_null));
			const unique = this.formatJsonUniqueClause(node.unique);
			if (unique) args.push(unique);
			const output = this.formatJsonOutput(node.constructor?.output, context);
			if (output) args.push(output);
			return `JSON_OBJECTAGG(${args.join(" ")})${this.formatJsonAggSuffix(node.constructor, context)}`;
		}
		JsonArrayAgg(node, context) {
			const args = [];
			if (node.arg) args.push(this.JsonValueExpr(node.arg, context));
			const aggOrder = node.constructor?.agg_order;
			if (aggOrder && aggOrder.length > 0) {
				const orderItems = list_utils_1.ListUtils.unwrapList(aggOrder).map((item) => this.visit(item, context));
				args.push(`ORDER BY ${orderItems.join(", ")}`);
			}
			args.push(this.formatJsonNullClause(node.absent_on_null));
			const output = this.formatJsonOutput(node.constructor?.output, context);
			if (output) args.push(output);
			return `JSON_ARRAYAGG(${args.join(" ")})${this.formatJsonAggSuffix(node.constructor, context)}`;
		}
		JsonParseExpr(node, context) {
			const args = [];
			if (node.expr) args.push(this.JsonValueExpr(node.expr, context));
			const unique = this.formatJsonUniqueClause(node.unique_keys);
			if (unique) args.push(unique);
			return `JSON(${args.join(" ")})`;
		}
		JsonScalarExpr(node, context) {
			return `JSON_SCALAR(${node.expr ? this.visit(node.expr, context) : ""})`;
		}
		JsonSerializeExpr(node, context) {
			const args = [];
			if (node.expr) args.push(this.JsonValueExpr(node.expr, context));
			const output = this.formatJsonOutput(node.output, context);
			if (output) args.push(output);
			return `JSON_SERIALIZE(${args.join(" ")})`;
		}
		JsonIsPredicate(node, context) {
			const parts = [];
			if (node.expr) parts.push(this.visit(node.expr, context));
			const format = this.formatJsonFormat(node.format);
			if (format) parts.push(format);
			parts.push("IS JSON");
			switch (node.item_type) {
				case "JS_TYPE_OBJECT":
					parts.push("OBJECT");
					break;
				case "JS_TYPE_ARRAY":
					parts.push("ARRAY");
					break;
				case "JS_TYPE_SCALAR": parts.push("SCALAR");
			}
			if (node.unique_keys) parts.push("WITH UNIQUE KEYS");
			return parts.join(" ");
		}
		RangeFunction(node, context) {
			const output = [];
			if (node.lateral) output.push("LATERAL");
			if (node.is_rowsfrom) {
				output.push("ROWS FROM");
				if (node.functions && node.functions.length > 0) {
					const functionStrs = list_utils_1.ListUtils.unwrapList(node.functions).filter((func) => func != null).map((func) => {
						try {
							if (this.getNodeType(func) === "List") {
								const listData = this.getNodeData(func);
								if (listData && listData.items && Array.isArray(listData.items)) {
									const items = listData.items;
									if (items.length >= 2) {
										const funcCall = this.visit(items[0], context);
										const coldefList = this.getNodeData(items[1]);
										if (coldefList && coldefList.items && Array.isArray(coldefList.items)) {
											const coldefs = coldefList.items.map((coldef) => this.visit(coldef, context)).filter((str) => str && str.trim());
											if (coldefs.length > 0) return `${funcCall} AS (${coldefs.join(", ")})`;
										}
										return funcCall;
									} else if (items.length === 1) return this.visit(items[0], context);
								}
							}
							return this.visit(func, context);
						} catch (error) {
							console.warn(`Error processing function in RangeFunction: ${error instanceof Error ? error.message : String(error)}`);
							return "";
						}
					}).filter((str) => str && str.trim());
					if (functionStrs.length > 0) output.push(`(${functionStrs.join(", ")})`);
				}
			} else if (node.functions && node.functions.length > 0) {
				const functionStrs = list_utils_1.ListUtils.unwrapList(node.functions).filter((func) => func != null).map((func) => {
					try {
						if (this.getNodeType(func) === "List") {
							const listData = this.getNodeData(func);
							if (listData && listData.items && Array.isArray(listData.items)) {
								const items = listData.items;
								if (items.length >= 1) return this.visit(items[0], context);
							}
						}
						return this.visit(func, context);
					} catch (error) {
						console.warn(`Error processing function in RangeFunction: ${error instanceof Error ? error.message : String(error)}`);
						return "";
					}
				}).filter((str) => str && str.trim());
				if (functionStrs.length > 0) output.push(functionStrs.join(", "));
			}
			if (node.ordinality) output.push("WITH ORDINALITY");
			if (node.alias) {
				if (node.coldeflist && node.coldeflist.length > 0) {
					const aliasName = node.alias.aliasname;
					const coldefs = list_utils_1.ListUtils.unwrapList(node.coldeflist).map((coldef) => this.visit(coldef, context)).filter((str) => str && str.trim());
					output.push(`${aliasName} (${coldefs.join(", ")})`);
				} else output.push(this.Alias(node.alias, context));
			} else if (node.coldeflist && node.coldeflist.length > 0) {
				const coldefs = list_utils_1.ListUtils.unwrapList(node.coldeflist).map((coldef) => this.visit(coldef, context)).filter((str) => str && str.trim());
				output.push(`AS (${coldefs.join(", ")})`);
			}
			return output.join(" ");
		}
		XmlExpr(node, context) {
			if (node.op === "IS_XMLPI") {
				if (node.name && node.args && node.args.length > 0) {
					const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
					return `xmlpi(name ${quotes_1.QuoteUtils.quoteIdentifier(node.name)}, ${argStrs.join(", ")})`;
				} else if (node.name) return `xmlpi(name ${quotes_1.QuoteUtils.quoteIdentifier(node.name)})`;
				else return "XMLPI()";
			}
			const output = [];
			switch (node.op) {
				case "IS_XMLCONCAT":
					output.push("XMLCONCAT");
					break;
				case "IS_XMLELEMENT":
					output.push("XMLELEMENT");
					const elementParts = [];
					if (node.name) elementParts.push(`NAME ${quotes_1.QuoteUtils.quoteIdentifier(node.name)}`);
					if (node.named_args && node.named_args.length > 0) {
						const namedArgStrs = list_utils_1.ListUtils.unwrapList(node.named_args).map((arg) => this.visit(arg, context));
						elementParts.push(`XMLATTRIBUTES(${namedArgStrs.join(", ")})`);
					}
					if (node.args && node.args.length > 0) {
						const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
						elementParts.push(...argStrs);
					}
					if (elementParts.length > 0) output.push(`(${elementParts.join(", ")})`);
					break;
				case "IS_XMLFOREST":
					output.push("XMLFOREST");
					break;
				case "IS_XMLPARSE":
					output.push("XMLPARSE");
					const parseParts = [];
					if (node.xmloption) {
						if (node.xmloption === "XMLOPTION_DOCUMENT") parseParts.push("DOCUMENT");
						else if (node.xmloption === "XMLOPTION_CONTENT") parseParts.push("CONTENT");
					}
					if (node.args && node.args.length > 0) {
						const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
						if (argStrs.length > 0) parseParts.push(argStrs[0]);
					}
					if (parseParts.length > 0) output.push(`(${parseParts.join(" ")})`);
					break;
				case "IS_XMLROOT":
					output.push("XMLROOT");
					if (node.args && node.args.length > 0) {
						const args = list_utils_1.ListUtils.unwrapList(node.args);
						const rootParts = [];
						if (args[0]) rootParts.push(this.visit(args[0], context));
						if (args[1]) {
							const versionArg = args[1];
							if (versionArg.A_Const && versionArg.A_Const.isnull) rootParts.push("version NO VALUE");
							else rootParts.push(`version ${this.visit(versionArg, context)}`);
						}
						if (args[2]) {
							const standaloneArg = args[2];
							if (standaloneArg.A_Const && standaloneArg.A_Const.ival !== void 0) {
								if (standaloneArg.A_Const.ival.ival === 1) rootParts.push("STANDALONE NO");
								else if (standaloneArg.A_Const.ival.ival === 2) rootParts.push("STANDALONE NO VALUE");
								else if (standaloneArg.A_Const.ival.ival === 3) {} else if (Object.keys(standaloneArg.A_Const.ival).length === 0) rootParts.push("STANDALONE YES");
								else rootParts.push(`STANDALONE ${this.visit(standaloneArg, context)}`);
							} else rootParts.push(`STANDALONE ${this.visit(standaloneArg, context)}`);
						}
						if (rootParts.length > 0) output.push(`(${rootParts.join(", ")})`);
					}
					break;
				case "IS_XMLSERIALIZE":
					output.push("XMLSERIALIZE");
					break;
				case "IS_DOCUMENT":
					if (node.args && node.args.length > 0) {
						const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
						output.push(`${argStrs[0]} IS DOCUMENT`);
					} else output.push("IS DOCUMENT");
					break;
				default: throw new Error(`Unsupported XmlExpr op: ${node.op}`);
			}
			if (node.op !== "IS_XMLELEMENT" && node.op !== "IS_XMLPARSE" && node.op !== "IS_XMLROOT" && node.op !== "IS_DOCUMENT") {
				if (node.name) {
					const quotedName = quotes_1.QuoteUtils.quoteIdentifier(node.name);
					output.push(`NAME ${quotedName}`);
				}
				if (node.args && node.args.length > 0) {
					const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
					output.push(`(${argStrs.join(", ")})`);
				}
			}
			if (node.named_args && node.named_args.length > 0 && node.op !== "IS_XMLELEMENT") {
				const namedArgStrs = list_utils_1.ListUtils.unwrapList(node.named_args).map((arg) => this.visit(arg, context));
				if (node.op === "IS_XMLFOREST") output.push(`(${namedArgStrs.join(", ")})`);
				else output.push(`XMLATTRIBUTES(${namedArgStrs.join(", ")})`);
			}
			return output.join(" ");
		}
		schemaname(node, context) {
			if (typeof node === "string") return quotes_1.QuoteUtils.quoteIdentifier(node);
			if (node && node.String && node.String.sval) return quotes_1.QuoteUtils.quoteIdentifier(node.String.sval);
			if (node && typeof node === "object") {
				if (node.sval !== void 0) return quotes_1.QuoteUtils.quoteIdentifier(node.sval);
				if (node.List && Array.isArray(node.List.items)) {
					const items = node.List.items;
					if (items.length > 0 && items[0].String && items[0].String.sval) return quotes_1.QuoteUtils.quoteIdentifier(items[0].String.sval);
				}
				if (node.val !== void 0) return quotes_1.QuoteUtils.quoteIdentifier(node.val);
				return "";
			}
			return "";
		}
		RangeTableSample(node, context) {
			const output = [];
			if (node.relation) output.push(this.visit(node.relation, context));
			output.push("TABLESAMPLE");
			if (node.method && node.method.length > 0) {
				const methodParts = node.method.map((m) => this.visit(m, context));
				output.push(methodParts.join("."));
			}
			if (node.args && node.args.length > 0) {
				const argStrs = node.args.map((arg) => this.visit(arg, context));
				output.push(`(${argStrs.join(", ")})`);
			}
			if (node.repeatable) {
				output.push("REPEATABLE");
				output.push(`(${this.visit(node.repeatable, context)})`);
			}
			return output.join(" ");
		}
		XmlSerialize(node, context) {
			const output = ["XMLSERIALIZE"];
			output.push("(");
			if (node.typeName) {
				if (node.xmloption === "XMLOPTION_DOCUMENT") output.push("DOCUMENT");
				else output.push("CONTENT");
				output.push(this.visit(node.expr, context));
				output.push("AS");
				output.push(this.TypeName(node.typeName, context));
			}
			output.push(")");
			return output.join(" ");
		}
		ctes(node, context) {
			if (!node || !Array.isArray(node)) return "";
			const output = ["WITH"];
			if (node.length > 0 && node[0] && node[0].CommonTableExpr && node[0].CommonTableExpr.recursive) output.push("RECURSIVE");
			const cteStrs = node.map((cte) => this.visit(cte, context));
			output.push(cteStrs.join(", "));
			return output.join(" ");
		}
		RuleStmt(node, context) {
			const output = ["CREATE"];
			if (node.replace) output.push("OR REPLACE");
			output.push("RULE");
			if (node.rulename) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.rulename));
			output.push("AS ON");
			if (node.event) switch (node.event) {
				case "CMD_SELECT":
					output.push("SELECT");
					break;
				case "CMD_INSERT":
					output.push("INSERT");
					break;
				case "CMD_UPDATE":
					output.push("UPDATE");
					break;
				case "CMD_DELETE":
					output.push("DELETE");
					break;
				default: output.push(node.event.toString());
			}
			output.push("TO");
			if (node.relation) output.push(this.RangeVar(node.relation, context));
			if (node.whereClause) {
				output.push("WHERE");
				output.push(this.visit(node.whereClause, context));
			}
			output.push("DO");
			if (node.instead) output.push("INSTEAD");
			if (node.actions && node.actions.length > 0) {
				if (node.actions.length === 1) output.push(this.visit(node.actions[0], context));
				else {
					output.push("(");
					const actionStrs = list_utils_1.ListUtils.unwrapList(node.actions).map((action) => this.visit(action, context));
					output.push(actionStrs.join("; "));
					output.push(")");
				}
			} else output.push("NOTHING");
			return output.join(" ");
		}
		RangeSubselect(node, context) {
			const output = [];
			if (node.lateral) output.push("LATERAL");
			if (node.subquery) {
				output.push("(");
				output.push(this.visit(node.subquery, context));
				output.push(")");
			}
			if (node.alias) output.push(this.Alias(node.alias, context));
			return output.join(" ");
		}
		relname(node, context) {
			if (typeof node === "string") return quotes_1.QuoteUtils.quoteIdentifier(node);
			if (node && node.String && node.String.sval) return quotes_1.QuoteUtils.quoteIdentifier(node.String.sval);
			if (node && typeof node === "object" && node.relname) return quotes_1.QuoteUtils.quoteIdentifier(node.relname);
			return this.visit(node, context);
		}
		rel(node, context) {
			if (typeof node === "string") return quotes_1.QuoteUtils.quoteIdentifier(node);
			if (node && node.String && node.String.sval) return quotes_1.QuoteUtils.quoteIdentifier(node.String.sval);
			if (node && node.RangeVar) return this.RangeVar(node.RangeVar, context);
			if (node && typeof node === "object" && node.relname) return quotes_1.QuoteUtils.quoteIdentifier(node.relname);
			return this.visit(node, context);
		}
		objname(node, context) {
			if (typeof node === "string") return quotes_1.QuoteUtils.quoteIdentifier(node);
			if (node && node.String && node.String.sval) return quotes_1.QuoteUtils.quoteIdentifier(node.String.sval);
			if (Array.isArray(node)) return node.map((part) => {
				if (part && part.String && part.String.sval) return quotes_1.QuoteUtils.quoteIdentifier(part.String.sval);
				return this.visit(part, context);
			}).join(".");
			return this.visit(node, context);
		}
		SQLValueFunction(node, context) {
			switch (node.op) {
				case "SVFOP_CURRENT_DATE": return "CURRENT_DATE";
				case "SVFOP_CURRENT_TIME": return "CURRENT_TIME";
				case "SVFOP_CURRENT_TIME_N": return `CURRENT_TIME(${node.typmod || 0})`;
				case "SVFOP_CURRENT_TIMESTAMP": return "CURRENT_TIMESTAMP";
				case "SVFOP_CURRENT_TIMESTAMP_N": return `CURRENT_TIMESTAMP(${node.typmod || 0})`;
				case "SVFOP_LOCALTIME": return "LOCALTIME";
				case "SVFOP_LOCALTIME_N": return `LOCALTIME(${node.typmod || 0})`;
				case "SVFOP_LOCALTIMESTAMP": return "LOCALTIMESTAMP";
				case "SVFOP_LOCALTIMESTAMP_N": return `LOCALTIMESTAMP(${node.typmod || 0})`;
				case "SVFOP_CURRENT_ROLE": return "CURRENT_ROLE";
				case "SVFOP_CURRENT_USER": return "CURRENT_USER";
				case "SVFOP_USER": return "USER";
				case "SVFOP_SESSION_USER": return "SESSION_USER";
				case "SVFOP_CURRENT_CATALOG": return "CURRENT_CATALOG";
				case "SVFOP_CURRENT_SCHEMA": return "CURRENT_SCHEMA";
				default: throw new Error(`Unsupported SQLValueFunction op: ${node.op}`);
			}
		}
		GroupingFunc(node, context) {
			const output = ["GROUPING"];
			if (node.args && node.args.length > 0) {
				const argStrs = list_utils_1.ListUtils.unwrapList(node.args).map((arg) => this.visit(arg, context));
				output.push(`(${argStrs.join(", ")})`);
			} else output.push("()");
			return output.join("");
		}
		MultiAssignRef(node, context) {
			const output = [];
			if (node.source) output.push(this.visit(node.source, context));
			if (node.colno > 0) output.push(`[${node.colno}]`);
			return output.join("");
		}
		SetToDefault(node, context) {
			return "DEFAULT";
		}
		CurrentOfExpr(node, context) {
			const output = ["CURRENT OF"];
			if (node.cursor_name) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.cursor_name));
			if (node.cursor_param > 0) output.push(`$${node.cursor_param}`);
			return output.join(" ");
		}
		TableLikeClause(node, context) {
			const output = ["LIKE"];
			if (node.relation) output.push(this.visit(node.relation, context));
			if (node.options && typeof node.options === "number") {
				if (node.options === 2147483647 || node.options === 2147483647) output.push("INCLUDING ALL");
				else {
					const optionStrs = [];
					if (node.options & 1) optionStrs.push("INCLUDING COMMENTS");
					if (node.options & 4) optionStrs.push("INCLUDING CONSTRAINTS");
					if (node.options & 8) optionStrs.push("INCLUDING DEFAULTS");
					if (node.options & 16) optionStrs.push("INCLUDING GENERATED");
					if (node.options & 32) optionStrs.push("INCLUDING IDENTITY");
					if (node.options & 64) optionStrs.push("INCLUDING INDEXES");
					if (node.options & 128) optionStrs.push("INCLUDING STATISTICS");
					if (node.options & 256) optionStrs.push("INCLUDING STORAGE");
					if (optionStrs.length > 0) output.push(optionStrs.join(" "));
				}
			}
			return output.join(" ");
		}
		AlterFunctionStmt(node, context) {
			const output = ["ALTER"];
			if (node.objtype === "OBJECT_PROCEDURE") output.push("PROCEDURE");
			else output.push("FUNCTION");
			if (node.func) output.push(this.ObjectWithArgs(node.func, context));
			if (node.actions && node.actions.length > 0) {
				const alterFunctionContext = context.spawn("AlterFunctionStmt");
				const actionStrs = list_utils_1.ListUtils.unwrapList(node.actions).map((action) => this.visit(action, alterFunctionContext));
				output.push(actionStrs.join(" "));
			}
			return output.join(" ");
		}
		AlterObjectSchemaStmt(node, context) {
			const output = ["ALTER"];
			try {
				output.push(this.getObjectTypeKeyword(node.objectType));
			} catch {
				output.push(node.objectType.toString());
			}
			if (node.missing_ok) output.push("IF EXISTS");
			if (node.relation && (node.objectType === "OBJECT_TABLE" || node.objectType === "OBJECT_FOREIGN_TABLE" || node.objectType === "OBJECT_MATVIEW")) output.push(this.RangeVar(node.relation, context));
			else if (node.object) {
				if (node.objectType === "OBJECT_DOMAIN" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const schemaName = items[0].String?.sval || "";
						const domainName = items[1].String?.sval || "";
						output.push(quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, domainName));
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_TYPE" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const schemaName = items[0].String?.sval || "";
						const typeName = items[1].String?.sval || "";
						output.push(quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, typeName));
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_CONVERSION" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const schemaName = items[0].String?.sval || "";
						const conversionName = items[1].String?.sval || "";
						output.push(quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, conversionName));
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_TSPARSER" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const schemaName = items[0].String?.sval || "";
						const parserName = items[1].String?.sval || "";
						output.push(quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, parserName));
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_TSCONFIGURATION" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const schemaName = items[0].String?.sval || "";
						const configName = items[1].String?.sval || "";
						output.push(quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, configName));
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_TSTEMPLATE" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const schemaName = items[0].String?.sval || "";
						const templateName = items[1].String?.sval || "";
						output.push(quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, templateName));
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_TSDICTIONARY" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const schemaName = items[0].String?.sval || "";
						const dictionaryName = items[1].String?.sval || "";
						output.push(quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, dictionaryName));
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_OPCLASS" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const accessMethod = items[0].String?.sval || "";
						const opClassName = items[1].String?.sval || "";
						output.push(`${quotes_1.QuoteUtils.quoteIdentifier(opClassName)} USING ${accessMethod}`);
					} else if (items.length === 3) {
						const accessMethod = items[0].String?.sval || "";
						const schemaName = items[1].String?.sval || "";
						const opClassName = items[2].String?.sval || "";
						output.push(`${quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, opClassName)} USING ${accessMethod}`);
					} else output.push(this.visit(node.object, context));
				} else if (node.objectType === "OBJECT_OPFAMILY" && node.object.List) {
					const items = list_utils_1.ListUtils.unwrapList(node.object);
					if (items.length === 2) {
						const accessMethod = items[0].String?.sval || "";
						const opFamilyName = items[1].String?.sval || "";
						output.push(`${quotes_1.QuoteUtils.quoteIdentifier(opFamilyName)} USING ${accessMethod}`);
					} else if (items.length === 3) {
						const accessMethod = items[0].String?.sval || "";
						const schemaName = items[1].String?.sval || "";
						const opFamilyName = items[2].String?.sval || "";
						output.push(`${quotes_1.QuoteUtils.quoteQualifiedIdentifier(schemaName, opFamilyName)} USING ${accessMethod}`);
					} else output.push(this.visit(node.object, context));
				} else output.push(this.visit(node.object, context));
			}
			output.push("SET SCHEMA");
			if (node.newschema) output.push(quotes_1.QuoteUtils.quoteIdentifier(node.newschema));
			return output.join(" ");
		}
		AlterRoleSetStmt(node, context) {
			const output = ["ALTER", "ROLE"];
			if (node.role) output.push(this.RoleSpec(node.role, context));
			else output.push("ALL");
			if (node.database) {
				output.push("IN DATABASE");
				output.push(this.quoteIfNeeded(node.database));
			}
			if (node.setstmt) {
				if (node.setstmt.kind === "VAR_RESET") {
					output.push("RESET");
					if (node.setstmt.name) output.push(node.setstmt.name);
				} else {
					output.push("SET");
					if (node.setstmt.name) output.push(node.setstmt.name);
					if (node.setstmt.args && node.setstmt.args.length > 0) {
						output.push("TO");
						const args = list_utils_1.ListUtils.unwrapList(node.setstmt.args).map((arg) => this.visit(arg, context)).join(", ");
						output.push(args);
					}
				}
			}
			return output.join(" ");
		}
		CreateForeignTableStmt(node, context) {
			const output = ["CREATE FOREIGN TABLE"];
			if (node.base && node.base.relation) {
				const relationContext = context.spawn("CreateForeignTableStmt");
				output.push(this.RangeVar(node.base.relation, relationContext));
			}
			if (node.base && node.base.tableElts) {
				const elementStrs = list_utils_1.ListUtils.unwrapList(node.base.tableElts).map((el) => this.visit(el, context));
				output.push(`(${elementStrs.join(", ")})`);
			} else if (!node.base?.partbound) output.push("()");
			if (node.base && node.base.inhRelations && node.base.inhRelations.length > 0) {
				if (node.base.partbound) {
					const inheritStrs = list_utils_1.ListUtils.unwrapList(node.base.inhRelations).map((rel) => this.visit(rel, context));
					output.push(`PARTITION OF ${inheritStrs.join(", ")}`);
					if (node.base.partbound.is_default) output.push("DEFAULT");
				} else {
					const inheritStrs = list_utils_1.ListUtils.unwrapList(node.base.inhRelations).map((rel) => this.visit(rel, context));
					output.push(`INHERITS (${inheritStrs.join(", ")})`);
				}
			}
			if (node.servername) {
				output.push("SERVER");
				output.push(quotes_1.QuoteUtils.quoteIdentifier(node.servername));
			}
			if (node.options && node.options.length > 0) {
				const foreignTableContext = context.spawn("CreateForeignTableStmt");
				const optionStrs = list_utils_1.ListUtils.unwrapList(node.options).map((opt) => this.visit(opt, foreignTableContext));
				output.push(`OPTIONS (${optionStrs.join(", ")})`);
			}
			return output.join(" ");
		}
		containsMultilineStringLiteral(content) {
			return /'[^']*\n[^']*'/g.test(content);
		}
	};
}));
// node_modules/pgsql-deparser/index.js
var require_pgsql_deparser = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.QuoteUtils = exports.Deparser = exports.deparse = exports.deparseSync = void 0;
	const deparser_1 = require_deparser();
	Object.defineProperty(exports, "Deparser", {
		enumerable: true,
		get: function() {
			return deparser_1.Deparser;
		}
	});
	const deparseMethod = deparser_1.Deparser.deparse;
	exports.deparseSync = deparseMethod;
	const deparse = async (...args) => {
		return deparseMethod(...args);
	};
	exports.deparse = deparse;
	var quotes_1 = require_quotes();
	Object.defineProperty(exports, "QuoteUtils", {
		enumerable: true,
		get: function() {
			return quotes_1.QuoteUtils;
		}
	});
}));
// src/sql/names.ts
var import_pgsql_deparser = require_pgsql_deparser();
/** An identifier as SQL: quoted only where it must be. */
const identifier = (name) => import_pgsql_deparser.QuoteUtils.quoteIdentifier(name);
/** `schema.relation` as SQL; a missing schema leaves the name to the search_path, as the user's own text did. */
const qualified = (schema, name) => schema === void 0 || schema === "" ? identifier(name) : `${identifier(schema)}.${identifier(name)}`;
/** A string as a SQL literal, whatever `standard_conforming_strings` says. */
const literal = (text) => text.includes("\\") ? `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'` : `'${text.replaceAll("'", "''")}'`;
/** Postgres cuts identifiers to NAMEDATALEN - 1 bytes. */
const longest = 63;
/**
* The name that Postgres gives to an unnamed index or constraint: `table_column_label`, the longer part cut
* first so that all fits into 63 bytes (`makeObjectName` in commands/indexcmds.c). The number that Postgres
* adds when the name is taken is left to `taken`.
*/
function defaultName(table, columns, label, taken = () => false) {
	for (let pass = 0;; pass += 1) {
		const name = makeObjectName(table, columns, pass === 0 ? label : `${label}${pass}`);
		if (!taken(name)) return name;
	}
}
function makeObjectName(first, second, label) {
	const room = longest - bytes(label) - 1 - (second === "" ? 0 : 1);
	let one = bytes(first);
	let two = bytes(second);
	while (one + two > room) if (one > two) one -= 1;
	else two -= 1;
	return [
		clip(first, one),
		clip(second, two),
		label
	].filter((part) => part !== "").join("_");
}
/** A name of ours within 63 bytes, the ending kept: Postgres would cut the ending and make two names one. */
const withEnding = (name, ending) => `${clip(name, longest - bytes(ending))}${ending}`;
const bytes = (text) => Buffer.byteLength(text, "utf8");
/** The first `limit` bytes of a text, never half a character. */
function clip(text, limit) {
	let length = 0;
	let kept = "";
	for (const character of text) {
		length += bytes(character);
		if (length > limit) break;
		kept += character;
	}
	return kept;
}
export { withEnding as a, differingStatements as c, parseFile as d, sameStatements as f, require_wasm as h, qualified as i, lineFinder as l, costlyRun as m, identifier as n, require_pgsql_deparser as o, unitsOf as p, literal as r, commentsOf as s, defaultName as t, loadParser as u };
