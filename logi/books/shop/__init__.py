"""The shop book: licences and sellers' health, goods in and out by lot, prices, the shelf looked through."""
