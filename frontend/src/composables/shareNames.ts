import { Refused } from '@/api/client'
import { findTags, getMovie } from '@/api/marquee'
import type { Entry } from '@/api/types'

import { movieSubject, tagSubject } from './commands'
import type { SharedPick } from './shareLink'

/** The picks of a link as the catalogue knows them; what it does not know is left out. */
export async function nameShared(picks: SharedPick[], signal: AbortSignal): Promise<Entry[]> {
  const entries = await Promise.all(picks.map((pick) => named(pick, signal)))
  return entries.filter((entry) => entry !== undefined)
}

async function named(pick: SharedPick, signal: AbortSignal): Promise<Entry | undefined> {
  if (pick.kind === 'movie') return filmNamed(pick, signal)
  const { tags } = await findTags(pick.name ?? '', signal)
  const tag = tags.find(({ id }) => id === pick.id)
  return tag && { ...tagSubject(tag), liked: pick.liked }
}

async function filmNamed({ id, liked }: SharedPick, signal: AbortSignal) {
  try {
    return { ...movieSubject(await getMovie(id, signal)), liked }
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined
    throw error
  }
}
