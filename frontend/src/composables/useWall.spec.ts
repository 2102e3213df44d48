import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { films as known, recommendations, session as answer } from '@/api/http_examples'
import { type Movie, NO_FILTERS, type Paging } from '@/api/types'
import { serve } from '@/testing/server'

import { movieSubject } from './commands'
import { useFilms } from './films'
import { useSession } from './session'

/** A catalogue of `count` films that is served by `limit` and `offset`. */
function catalogue(count: number, asked: Paging[] = []) {
  const movies = Array.from({ length: count }, (_, n): Movie => ({ ...known.alien, id: n + 1 }))
  const answer = ({ query }: { query: URLSearchParams }) => {
    const paging = { limit: Number(query.get('limit')), offset: Number(query.get('offset')) }
    asked.push(paging)
    const page = movies.slice(paging.offset, paging.offset + paging.limit)
    return { json: { ...recommendations, movies: page, matching: count } }
  }
  return { answer, asked, movies }
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('the wall of films', () => {
  test('grows by pages until all that match are shown', async () => {
    const { answer } = catalogue(60)
    serve({ 'GET /recommendations': answer })
    const films = useFilms()
    films.narrow(NO_FILTERS)
    await settle()
    expect(films.wall?.movies).toHaveLength(24)
    await films.more()
    await films.more()
    expect(films.wall?.movies).toHaveLength(60)
    expect(films.hasMore).toBe(false)
  })

  test('is renewed at the length it had, however long', async () => {
    const { answer, asked } = catalogue(200)
    serve({ 'GET /recommendations': answer })
    const films = useFilms()
    films.narrow(NO_FILTERS)
    await settle()
    for (let page = 0; page < 4; page += 1) await films.more()
    asked.length = 0
    await films.renew()
    expect(asked).toEqual([
      { limit: 96, offset: 0 },
      { limit: 24, offset: 96 },
    ])
    expect(films.wall?.movies).toHaveLength(120)
  })

  test('shows a film once, though pages overlap', async () => {
    const { movies } = catalogue(30)
    const page = { json: { ...recommendations, movies: movies.slice(0, 24), matching: 30 } }
    const shifted = { json: { ...recommendations, movies: movies.slice(20), matching: 30 } }
    serve({ 'GET /recommendations': ({ query }) => (query.get('offset') === '0' ? page : shifted) })
    const films = useFilms()
    films.narrow(NO_FILTERS)
    await settle()
    await films.more()
    expect(films.wall?.movies.map(({ id }) => id)).toEqual(movies.map(({ id }) => id))
  })

  test('shows the tags of a new page first, and each once', async () => {
    const [horror, space] = recommendations.tags
    const heist = { id: 7, name: 'heist', kind: 'keyword' as const, probability: 0.01 }
    const { movies } = catalogue(30)
    const pages = {
      '0': { ...recommendations, movies: movies.slice(0, 24), matching: 30 },
      '24': { ...recommendations, movies: movies.slice(24), tags: [heist, space], matching: 30 },
    }
    const page = (offset: string | null) => (offset === '0' ? pages['0'] : pages['24'])
    serve({ 'GET /recommendations': ({ query }) => ({ json: page(query.get('offset')) }) })
    const films = useFilms()
    films.narrow(NO_FILTERS)
    await settle()
    await films.more()
    expect(films.wall?.tags).toEqual([heist, space, horror])
  })

  test('is renewed once the server has heard a click, and not for a saved film', async () => {
    const server = serve({
      'GET /recommendations': { json: recommendations },
      'POST /session/events': { json: answer },
    })
    const films = useFilms()
    const session = useSession()
    films.narrow(NO_FILTERS)
    await settle()
    session.toggle('like', movieSubject(known.alien))
    await settle()
    session.toggleSaved(movieSubject(known.alien))
    await settle()
    expect(server.said()).toEqual([
      'GET /recommendations',
      'POST /session/events',
      'GET /recommendations',
      'POST /session/events',
    ])
  })

  test('keeps the old films when the new ones fail, and asks again by itself', async () => {
    const server = serve({ 'GET /recommendations': { json: recommendations } })
    const films = useFilms()
    films.narrow(NO_FILTERS)
    await settle()
    server.on('GET /recommendations', 'unreachable')
    films.narrow({ ...NO_FILTERS, decades: [1990] })
    await settle()
    expect(films.state.status).toBe('failed')
    expect(films.wall?.movies).toHaveLength(3)
    server.on('GET /recommendations', { json: recommendations })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(films.state.status).toBe('ready')
    expect(server.calls.at(-1)?.query.get('decade')).toBe('1990')
  })

  test('asks again while only popular films come', async () => {
    const server = serve({
      'GET /recommendations': { json: { ...recommendations, source: 'fallback', model: null } },
    })
    useFilms().narrow(NO_FILTERS)
    await settle()
    server.on('GET /recommendations', { json: recommendations })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.calls).toHaveLength(2)
  })
})
