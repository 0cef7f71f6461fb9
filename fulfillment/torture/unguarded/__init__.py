"""The product with one guard taken out, for negative controls: a torture that cannot fail proves nothing."""
