"""Posters and stills drawn from a film's own facts."""

from web.domain import Movie


def draw_poster(movie: Movie) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 600"><text>{movie.id}</text></svg>'


def draw_still(movie: Movie, number: int) -> str:
    return draw_poster(movie)
