/** The part of the WebAssembly interface the kernel's host uses; the compiler's own description comes only with the browser's. */
// biome-ignore lint/style/noNamespace: the interface is a namespace; this only describes it
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>)
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, unknown>>)
    readonly exports: unknown
  }
  interface Memory {
    readonly buffer: ArrayBuffer
  }
}
