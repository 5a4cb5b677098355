/** Convolutional encoders, trained from nothing: the baselines of relation classification before pretrained transformers. */
@NullMarked
package relata.encode.cnn;

import org.jspecify.annotations.NullMarked;
