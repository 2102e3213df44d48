import { describe, expect, test } from 'vitest'

import { films, session, tagItems } from '@/api/http_examples'
import type { Action, Session, Subject } from '@/api/types'

import { EMPTY_SESSION, applyCommand, movieSubject, nameOf, tagSubject } from './commands'

const alien = movieSubject(films.alien)
const heat = movieSubject(films.heat)
const horror = tagSubject(tagItems.horror)

function after(...said: [Action, Subject, number?][]): Session {
  return said.reduce<Session>(
    (now, [action, subject, position]) =>
      applyCommand(now, { type: 'event', action, subject, position }),
    EMPTY_SESSION,
  )
}

const words = ({ picks }: Session) =>
  picks.map((pick) => `${pick.liked ? '+' : '-'}${nameOf(pick)}`)

describe('applyCommand', () => {
  test('the newest pick stands on the right', () => {
    expect(words(after(['like', alien], ['dislike', horror]))).toEqual(['+Alien', '-Horror'])
  })

  test('the opposite verdict replaces the old one in its place', () => {
    const now = after(['like', alien], ['like', heat], ['dislike', alien])
    expect(words(now)).toEqual(['-Alien', '+Heat'])
    expect(now.disliked.map(nameOf)).toEqual(['Alien'])
  })

  test('repeating an event changes no list', () => {
    const once = after(['save', alien], ['seen', heat])
    const twice = after(['save', alien], ['seen', heat], ['save', alien], ['seen', heat])
    expect(twice).toEqual(once)
  })

  test('a film that is seen is no pick, and one that is liked no longer only seen', () => {
    expect(words(after(['like', alien], ['seen', alien]))).toEqual([])
    expect(after(['seen', alien], ['like', alien]).seen).toEqual([])
  })

  test('move counts from the left', () => {
    const now = after(['like', alien], ['like', heat], ['dislike', horror], ['move', horror, 0])
    expect(words(now)).toEqual(['-Horror', '+Alien', '+Heat'])
  })

  test('clear takes a verdict back and leaves what is saved', () => {
    const now = after(['save', alien], ['like', alien], ['clear', alien])
    expect(now.picks).toEqual([])
    expect(now.saved.map(nameOf)).toEqual(['Alien'])
  })

  test('an undo whose outcome is unknown changes nothing before the server answers', () => {
    expect(applyCommand(session, { type: 'undo' })).toBe(session)
    expect(applyCommand(session, { type: 'undo', expected: EMPTY_SESSION })).toBe(EMPTY_SESSION)
  })

  test('a reset forgets everything', () => {
    expect(applyCommand(session, { type: 'reset' })).toEqual(EMPTY_SESSION)
  })
})
