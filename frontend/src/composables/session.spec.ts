import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import { Refused } from '@/api/client'
import { emptySession, films, problem, session as answer, tagItems } from '@/api/http_examples'
import { serve } from '@/testing/server'

import { movieSubject, nameOf, tagSubject } from './commands'
import { useSession } from './session'

const alien = movieSubject(films.alien)
const heat = movieSubject(films.heat)
const horror = tagSubject(tagItems.horror)
const away = { status: 503, json: problem(503, 'the session store does not answer') }

beforeEach(() => setActivePinia(createPinia()))

describe('the session', () => {
  test('shows a click before the server has heard it', () => {
    serve({ 'POST /session/events': 'never' })
    const session = useSession()
    session.toggle('like', alien)
    expect(session.opinionOf(alien)).toBe('like')
    expect(session.pending).toBe(1)
  })

  test('takes the server’s word once it has answered', async () => {
    serve({ 'POST /session/events': { json: answer } })
    const session = useSession()
    session.toggle('like', heat)
    await flushPromises()
    expect(session.current).toEqual(answer)
    expect(session.pending).toBe(0)
  })

  test('a second press takes the opinion back', () => {
    const server = serve({ 'POST /session/events': 'never' })
    const session = useSession()
    session.toggle('like', alien)
    session.toggle('like', alien)
    expect(session.opinionOf(alien)).toBeUndefined()
    expect(server.calls).toHaveLength(1) // the second waits for the first
  })

  test('sends clicks in the order they were made, and again until they arrive', async () => {
    vi.useFakeTimers()
    const server = serve({ 'POST /session/events': away })
    const session = useSession()
    session.toggle('like', alien)
    session.toggle('dislike', horror)
    session.toggleSaved(heat)
    await vi.advanceTimersByTimeAsync(0)
    expect(session.heldUpBy).toEqual(new Refused(503, 'the session store does not answer'))
    expect(session.current.picks.map(nameOf)).toEqual(['Alien', 'Horror'])

    server.on('POST /session/events', { json: answer })
    await vi.advanceTimersByTimeAsync(1_000)
    const bodies = server.calls.map(({ body }) => body)
    expect(bodies.at(-3)).toEqual({ action: 'like', kind: 'movie', id: 1214 })
    expect(bodies.at(-2)).toEqual({ action: 'dislike', kind: 'tag', id: 11 })
    expect(bodies.at(-1)).toEqual({ action: 'save', kind: 'movie', id: 6 })
    expect(session.heldUpBy).toBeUndefined()
    expect(session.pending).toBe(0)
  })

  test('a reload of the page loses no click', async () => {
    serve({ 'POST /session/events': 'unreachable' })
    useSession().toggle('like', alien)
    await flushPromises()

    setActivePinia(createPinia())
    const server = serve({ 'POST /session/events': { json: answer } })
    const session = useSession()
    expect(session.opinionOf(alien)).toBe('like')
    await session.load()
    await flushPromises()
    expect(server.calls[0]?.body).toEqual({ action: 'like', kind: 'movie', id: 1214 })
    expect(sessionStorage).toHaveLength(0)
  })

  test('drops a click that the server refuses, and looks again', async () => {
    const server = serve({
      'POST /session/events': { status: 400, json: problem(400, 'no movie has the id 1214') },
      'GET /session': { json: emptySession },
    })
    const session = useSession()
    session.toggle('like', alien)
    await flushPromises()
    expect(session.refusal).toEqual(new Refused(400, 'no movie has the id 1214'))
    expect(session.current).toEqual(emptySession)
    expect(server.said()).toEqual(['POST /session/events', 'GET /session'])
  })

  test('undo shows at once what was there before, redo what was undone', async () => {
    serve({ 'POST /session/events': { json: answer } })
    const session = useSession()
    session.toggle('like', alien)
    await flushPromises()
    serve({ 'POST /session/undo': 'never' })
    session.undo()
    expect(session.current.picks).toEqual([])
    expect(session.current.can_redo).toBe(true)
    session.redo()
    expect(session.current.picks).toEqual(answer.picks)
  })

  test('what starting over forgets can be put back', async () => {
    const server = serve({
      'GET /session': { json: answer },
      'DELETE /session': { json: emptySession },
      'POST /session/events': { json: emptySession },
    })
    const session = useSession()
    await session.load()
    const wayBack = session.startOver()
    await flushPromises()
    expect(session.current).toEqual(emptySession)
    session.sendAll(wayBack)
    await flushPromises()
    const events = server.calls.filter(({ method }) => method === 'POST')
    expect(events.map(({ body }) => body)).toEqual([
      { action: 'like', kind: 'movie', id: 1214 },
      { action: 'dislike', kind: 'tag', id: 11 },
      { action: 'save', kind: 'movie', id: 6 },
    ])
  })

  test('a film cannot be moved past the ends, and not to where it is', () => {
    const server = serve({ 'POST /session/events': 'never' })
    const session = useSession()
    session.toggle('like', alien)
    session.move(alien, 5)
    session.move(alien, -1)
    expect(server.calls).toHaveLength(1)
    expect(session.pending).toBe(1)
  })

  test('an answer that was asked for before a click does not undo the click', async () => {
    let respond: (answer: { json: unknown }) => void = () => undefined
    serve({
      'GET /session': new Promise<{ json: unknown }>((resolve) => (respond = resolve)),
      'POST /session/events': { json: answer },
    })
    const session = useSession()
    const loading = session.load()
    session.toggle('like', alien)
    await flushPromises()
    respond({ json: emptySession })
    await loading
    expect(session.current).toEqual(answer)
  })
})
