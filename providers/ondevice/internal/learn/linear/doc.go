// Package linear learns which class an input is of from sparse features: multinomial logistic regression, and a
// small table of its weights that adds up in whole numbers.
package linear
