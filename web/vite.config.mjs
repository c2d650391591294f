// @ts-check
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** What the functions answer, and not the page: see the rewrites of firebase.json. */
const NOT_THE_PAGE = [/^\/(mcp|v1|api|hooks|docs|__)(\/|$)/];

export default defineConfig({
  root: import.meta.dirname ?? join(process.cwd(), 'web'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { conditions: ['quarterdeck-source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Fonts and pictures are few; what is inlined can't be kept by the browser.
    assetsInlineLimit: 0,
    // What each page loads: scripts/build-web.mjs counts it.
    manifest: true,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // The SDK changes seldom, and is most of what is loaded: a new version of ours leaves it in the browser's cache.
        codeSplitting: { groups: [{ name: 'firebase', test: /node_modules\/@?firebase/ }] },
      },
    },
  },
  plugins: [
    VitePWA({
      registerType: 'prompt',
      manifest: {
        name: 'Quarterdeck',
        short_name: 'Quarterdeck',
        description: 'Your fleet of agents, live.',
        display: 'standalone',
        start_url: '/',
        background_color: '#f4f6f7',
        theme_color: '#f4f6f7',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest}'],
        navigateFallback: '/index.html',
        navigateFallbackDenylist: NOT_THE_PAGE,
        cleanupOutdatedCaches: true,
      },
    }),
  ],
});
