"""From the text a person typed to the nouns, with every mistake at its line."""
