import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// One small entry with a fixed name; the two halves are loaded when their tab is opened. The names of the halves carry
// a hash, because the file that loads them does not know what the server calls them.
export default defineConfig({
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../static/built",
    emptyOutDir: true,
    cssCodeSplit: false,
    modulePreload: false,
    manifest: "designer.json",
    rollupOptions: {
      input: "src/main.tsx",
      output: {
        entryFileNames: "designer.js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: "designer[extname]",
        codeSplitting: { groups: [{ name: "preload", test: /preload-helper/ }] },
      },
    },
  },
  // the worker stands among the chunks, where what loads it finds it by its own address
  worker: { format: "es", rollupOptions: { output: { entryFileNames: "chunks/[name]-[hash].js" } } },
  test: { include: ["src/**/*.test.{ts,tsx}"], restoreMocks: true },
});
