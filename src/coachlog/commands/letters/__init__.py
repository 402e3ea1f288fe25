"""Letters: a message ready to send, and the agreement as a document."""
