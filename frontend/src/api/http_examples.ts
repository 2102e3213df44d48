/** Answers as the server gives them, for specs: typed by the contract, so that they age with it. */
import type { Found, MovieDetails, Movies, Recommendations, Session, Tags } from './types'

const alien = {
  id: 1214,
  title: 'Alien',
  year: 1979,
  runtime: 117,
  rating: 8.5,
  votes: 1_012_345,
  genres: ['Horror', 'Sci-Fi'],
  poster: '/images/poster/1214',
}
const heat = {
  id: 6,
  title: 'Heat',
  year: 1995,
  runtime: 170,
  rating: 8.3,
  votes: 789_012,
  genres: ['Action', 'Crime', 'Thriller'],
  poster: '/images/poster/6',
}
const unknown = {
  id: 131_262,
  title: 'Innocence',
  year: null,
  runtime: null,
  rating: null,
  votes: null,
  genres: [],
  poster: '/images/poster/131262',
}
export const films = { alien, heat, unknown }

const horror = { id: 11, name: 'Horror', kind: 'genre' as const }
const space = { id: 4242, name: 'space opera', kind: 'keyword' as const }
export const tagItems = { horror, space }

export const recommendations: Recommendations = {
  movies: [
    { ...alien, probability: 0.031 },
    { ...heat, probability: 0.022 },
    { ...unknown, probability: 0.001 },
  ],
  tags: [
    { ...horror, probability: 0.12 },
    { ...space, probability: 0.05 },
  ],
  matching: 3,
  source: 'model',
  model: '2026-11-22',
  relaxations: [],
}

export const nothingFound: Recommendations = { ...recommendations, movies: [], matching: 0 }

export const emptySession: Session = {
  picks: [],
  liked: [],
  disliked: [],
  seen: [],
  saved: [],
  can_undo: false,
  can_redo: false,
}

const likesAlien = { ...alien, kind: 'movie' as const, liked: true }
const dislikesHorror = {
  kind: 'tag' as const,
  id: horror.id,
  name: horror.name,
  tag_kind: horror.kind,
  liked: false,
}
export const session: Session = {
  picks: [likesAlien, dislikesHorror],
  liked: [likesAlien],
  disliked: [dislikesHorror],
  seen: [],
  saved: [{ ...heat, kind: 'movie', liked: null }],
  can_undo: true,
  can_redo: false,
}

export const details: MovieDetails = {
  ...alien,
  titles: ['Alien: 8th passenger'],
  tags: [horror, space],
  directors: ['Ridley Scott'],
  cast: ['Sigourney Weaver', 'Tom Skerritt'],
  language: 'en',
  imdb_id: 'tt0078748',
  tmdb_id: 348,
  stills: ['/images/still/1214/0', '/images/still/1214/1'],
  trailer: { youtube_id: 'jQ5lPt9edzQ' },
}

export const similar: Movies = { movies: [heat], source: 'model' }
export const found: Found = {
  movies: [
    { ...alien, matched_person: null },
    { ...heat, matched_person: null },
  ],
  tags: [space],
  people: [],
  did_you_mean: null,
}
export const tags: Tags = { tags: [horror, { id: 4, name: 'Comedy', kind: 'genre' }, space] }

export const problem = (status: number, detail: string) => ({
  type: 'about:blank',
  title: 'Problem',
  status,
  detail,
})
