import userEvent from '@testing-library/user-event'
import { screen, waitFor } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import {
  details,
  emptySession,
  films,
  found,
  problem,
  recommendations,
  session,
  tagItems,
} from '@/api/http_examples'
import App from '@/App.vue'
import { renderAt } from '@/testing/render'
import { serve } from '@/testing/server'

const cards = () =>
  screen.queryAllByRole('article').map((card) => card.querySelector('h2')?.textContent)
const button = (name: string) => screen.findByRole('button', { name })

describe('saved films', () => {
  test('are shown, and can be taken off', async () => {
    serve({
      'GET /session': { json: session },
      'POST /session/events': { json: { ...session, saved: [] } },
    })
    await renderAt('/saved', App)
    const save = await button('Save Heat')
    expect(save).toHaveAttribute('aria-pressed', 'true')
    await userEvent.click(save)
    await screen.findByText('Nothing saved yet')
  })

  test('have seen films beside them', async () => {
    const seen = [{ ...films.alien, kind: 'movie' as const, liked: null }]
    serve({ 'GET /session': { json: { ...emptySession, seen } } })
    await renderAt('/saved?list=seen', App)
    expect(await button('Seen Alien')).toHaveAttribute('aria-pressed', 'true')
  })

  test('say when the session did not come', async () => {
    serve({ 'GET /session': { status: 503, json: problem(503, 'away') } })
    await renderAt('/saved', App)
    await screen.findByText('The films did not come')
  })
})

describe('search results', () => {
  test('are cards like any others', async () => {
    const server = serve({ 'GET /session': { json: emptySession }, 'GET /search': { json: found } })
    await renderAt('/search?q=ali', App)
    await button('Like Alien')
    expect(cards()).toEqual(['Alien', 'Heat'])
    expect(server.calls.find(({ path }) => path === '/search')?.query.get('q')).toBe('ali')
  })
})

describe('shared picks', () => {
  const routes = {
    'GET /session': { json: emptySession },
    'GET /recommendations': { json: recommendations },
    'GET /movies/1214': { json: details },
    'GET /tags': { json: { tags: [tagItems.horror] } },
    'POST /recommendations': { json: recommendations },
    'POST /session/events': { json: session },
  }

  test('show what they lead to and leave the visitor’s own session alone', async () => {
    const server = serve(routes)
    await renderAt('/shared?picks=m1214,-t11~Horror&decade=1990', App)
    const list = await screen.findByRole('list', { name: /Shared picks/ })
    expect(list).toHaveTextContent('Liked:Alien')
    expect(list).toHaveTextContent('Not for them:Horror')
    await waitFor(() => expect(cards()).toHaveLength(3))
    expect(server.calls.find(({ method }) => method === 'POST')?.body).toMatchObject({
      picks: [
        { kind: 'movie', id: 1214, liked: true },
        { kind: 'tag', id: 11, liked: false },
      ],
      filters: { decades: [1990] },
    })
    expect(server.said()).not.toContain('POST /session/events')
  })

  test('become the visitor’s own when asked', async () => {
    const server = serve(routes)
    const { router } = await renderAt('/shared?picks=m1214,-t11~Horror', App)
    await screen.findByRole('list', { name: /Shared picks/ })
    await userEvent.click(await button('Go on from these picks'))
    await button('Remove Alien')
    await waitFor(() => expect(router.currentRoute.value.path).toBe('/'))
    const events = server.calls.filter(({ path }) => path === '/session/events')
    expect(events.map(({ body }) => body)).toEqual([
      { action: 'like', kind: 'movie', id: 1214 },
      { action: 'dislike', kind: 'tag', id: 11 },
    ])
  })

  test('a film that is no longer known is left out', async () => {
    serve({ ...routes, 'GET /movies/1214': { status: 404, json: problem(404, 'none') } })
    await renderAt('/shared?picks=m1214,t11~Horror', App)
    const list = await screen.findByRole('list', { name: /Shared picks/ })
    expect(list).not.toHaveTextContent('Alien')
  })
})

test('an address that leads nowhere says so', async () => {
  serve({ 'GET /session': { json: emptySession } })
  await renderAt('/nowhere/at/all', App)
  await screen.findByText('No such page')
})
