import { type RenderOptions, render } from '@testing-library/vue'
import axe from 'axe-core'
import { createPinia } from 'pinia'
import type { Component } from 'vue'
import { createMemoryHistory } from 'vue-router'

import { createAppRouter } from '@/router'

/** Renders as the app would: with its router, at `address`, and fresh stores. */
export async function renderAt<C extends Component>(
  address: string,
  component: C,
  options: RenderOptions<C> = {},
) {
  const router = createAppRouter(createMemoryHistory())
  await router.push(address)
  const global = { plugins: [router, createPinia()] }
  return { router, ...render(component, { ...options, global }) }
}

/** What axe finds wrong; colours and sizes need a real browser and are left out. */
export async function flaws(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
