import { fileURLToPath } from 'node:url'

import messages from '@intlify/unplugin-vue-i18n/vite'
import vue from '@vitejs/plugin-vue'
import elementPlus from 'unplugin-element-plus/vite'
import { defineConfig } from 'vitest/config'

// `MARQUEE_WEB` names the web server that `npm run dev` talks to.
const web = process.env.MARQUEE_WEB ?? 'http://127.0.0.1:8000'

const source = fileURLToPath(new URL('./src', import.meta.url))

export default defineConfig({
  plugins: [
    vue(),
    elementPlus({}),
    // Messages are compiled here, so the page carries no compiler and needs no eval.
    messages({
      include: [`${source}/locales/*.json`],
      fullInstall: false,
      dropMessageCompiler: true,
    }),
  ],
  resolve: { alias: { '@': source } },
  server: { proxy: { '/api': web, '/images': web } },
  build: {
    target: 'es2023',
    // The page's policy allows no data: fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'jsdom',
    pool: 'vmThreads', // one jsdom a worker: making them takes longer than the specs
    setupFiles: ['src/testing/setup.ts'],
    include: ['src/**/*.spec.ts'],
    server: { deps: { inline: ['element-plus'] } },
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
})
