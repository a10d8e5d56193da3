/** The library ships no types for its worker; it is loaded only for what it registers. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
