"""What the kindergarten asks of the canteen: the menu, to tell families of it."""

from logi.books.canteen.store import dishes

__all__ = ["dishes"]
