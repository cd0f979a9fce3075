import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressBuild } from '../tools/prepare/compress-build.ts';

/** Builds the web client into web/dist, which the server serves as it stands. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressBuild()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The sizes are watched by hand: the frame must stay small, a page brings its own part.
    chunkSizeWarningLimit: 600,
  },
});
