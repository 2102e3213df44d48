import userEvent from '@testing-library/user-event'
import { screen, waitFor } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'

import {
  details,
  emptySession,
  films,
  nothingFound,
  problem,
  recommendations,
  session,
  similar,
  tags,
} from '@/api/http_examples'
import App from '@/App.vue'
import { renderAt } from '@/testing/render'
import { serve } from '@/testing/server'

const { heat } = films
const likedHeat = { ...heat, kind: 'movie' as const, liked: true }
const afterHeat = { ...emptySession, picks: [likedHeat], liked: [likedHeat], can_undo: true }

function open(routes: Parameters<typeof serve>[0] = {}) {
  return serve({
    'GET /session': { json: emptySession },
    'GET /recommendations': { json: recommendations },
    'GET /tags': { json: tags },
    'POST /session/events': { json: afterHeat },
    ...routes,
  })
}
const button = (name: string) => screen.findByRole('button', { name })
const cards = () =>
  screen.queryAllByRole('article').map((card) => card.querySelector('h2')?.textContent)

describe('the first page', () => {
  test('shows films, tags and how many match at zero clicks', async () => {
    open()
    await renderAt('/', App)
    await screen.findByText('3 films match')
    expect(cards()).toEqual(['Alien', 'Heat', 'Innocence'])
    expect(screen.getByRole('button', { name: 'Like space opera' })).toBeInTheDocument()
    expect(screen.getAllByRole('main')).toHaveLength(1)
  })

  test('a like is on the sign at once, and the next list follows', async () => {
    const server = open()
    await renderAt('/', App)
    const like = await button('Like Heat')
    const renewed = { ...recommendations, movies: recommendations.movies.slice(0, 1), matching: 1 }
    server.on('GET /recommendations', { json: renewed })
    await userEvent.click(like)
    expect(await button('Remove Heat')).toBeInTheDocument()
    await screen.findByText('1 film matches')
    await waitFor(() => expect(cards()).toEqual(['Alien']))
    expect(server.calls.find(({ method }) => method === 'POST')?.body).toEqual({
      action: 'like',
      kind: 'movie',
      id: heat.id,
    })
  })

  test('a filter changes the address and the list', async () => {
    const server = open()
    const { router } = await renderAt('/', App)
    await userEvent.click(await button('1990s'))
    await waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/?decade=1990'))
    await waitFor(() => expect(server.calls.at(-1)?.query.getAll('decade')).toEqual(['1990']))
  })

  test('filters that nothing passes can be cleared', async () => {
    const server = open({ 'GET /recommendations': { json: nothingFound } })
    const { router } = await renderAt('/?rating_min=9.5', App)
    await screen.findByText('No film passes these filters')
    server.on('GET /recommendations', { json: recommendations })
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    await screen.findByText('3 films match')
    expect(router.currentRoute.value.fullPath).toBe('/')
  })

  test('says that clicks will be sent when the server is away, and keeps its films', async () => {
    open({ 'POST /session/events': 'unreachable' })
    await renderAt('/', App)
    await userEvent.click(await button('Like Heat'))
    await screen.findByText('No connection. 1 click will be sent when it is back.')
    expect(cards()).toEqual(['Alien', 'Heat', 'Innocence'])
    expect(await button('Like Heat')).toHaveAttribute('aria-pressed', 'true')
  })

  test('says so quietly when the films are only the popular ones', async () => {
    open({ 'GET /recommendations': { json: { ...recommendations, source: 'fallback' } } })
    await renderAt('/', App)
    await screen.findByText(/Popular films for now/)
    expect(cards()).toHaveLength(3)
  })

  test('tries again when nothing came at first', async () => {
    const server = open({ 'GET /recommendations': { status: 503, json: problem(503, 'away') } })
    await renderAt('/', App)
    const again = await button('Try again')
    server.on('GET /recommendations', { json: recommendations })
    await userEvent.click(again)
    await screen.findByText('3 films match')
  })

  test('undo by button and by key', async () => {
    const server = open({
      'GET /session': { json: session },
      'POST /session/undo': { json: { ...emptySession, can_redo: true } },
      'POST /session/redo': { json: session },
    })
    await renderAt('/', App)
    await button('Remove Alien')
    await userEvent.click(await button('Undo'))
    await screen.findByText('Like a film or two.')
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
    await button('Remove Alien')
    expect(server.said()).toContain('POST /session/redo')
  })

  test('start over forgets everything and the filters, and can be taken back', async () => {
    const server = open({
      'GET /session': { json: session },
      'DELETE /session': { json: emptySession },
      'POST /session/events': { json: session },
    })
    const { router } = await renderAt('/?decade=1990', App)
    await button('Remove Alien')
    await userEvent.click(await button('Start over'))
    await screen.findByText('Like a film or two.')
    await waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/'))
    await userEvent.click(await button('Put it back'))
    await button('Remove Alien')
    await waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/?decade=1990'))
    expect(server.said()).toContain('DELETE /session')
  })

  test('a film’s details open over the page, with its neighbours', async () => {
    open({
      'GET /movies/1214': { json: details },
      'GET /movies/1214/similar': { json: similar },
    })
    await renderAt('/?film=1214', App)
    const drawer = await screen.findByRole('dialog', { name: 'Alien' })
    expect(drawer).toHaveTextContent('★ 8.5 on IMDb from 1,012,345 votes')
    expect(drawer).toHaveTextContent('Ridley Scott')
    expect(await screen.findByRole('link', { name: /^Heat/ })).toHaveAttribute('href', '/?film=6')
  })

  test('a film that does not exist is said to be none', async () => {
    open({
      'GET /movies/99': { status: 404, json: problem(404, 'no movie has the id 99') },
      'GET /movies/99/similar': { status: 404, json: problem(404, 'no movie has the id 99') },
    })
    await renderAt('/?film=99', App)
    await screen.findByText('No such film')
  })
})
