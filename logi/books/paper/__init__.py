"""The paper book: documents and regulations, what they ask and how it is answered, ledgers kept, archives."""
