#pragma once

// The quantiles, distribution functions and gamma functions that Statistics needs, from
// Boost.Math.
//
// Every function returns NaN for an argument outside its domain and for a result that is not
// finite; none throws, prints or sets errno in a way a caller must look at.

#ifdef __cplusplus
extern "C" {
#endif

/// The value that a standard normal variable stays below with the probability given (0 to 1,
/// both excluded).
double boost_normal_quantile(double probability);

/// The probability that a standard normal variable is at most the value.
double boost_normal_cdf(double value);

/// The value that a Student t variable stays below with the probability given (0 to 1, both
/// excluded); the degrees of freedom are above zero and need not be whole.
double boost_students_t_quantile(double degrees_of_freedom, double probability);

/// The probability that a Student t variable is at most the value.
double boost_students_t_cdf(double degrees_of_freedom, double value);

/// The probability of at most so many successes in so many independent trials (zero or more, both
/// whole) that each succeed with the probability given (0 to 1).
double boost_binomial_cdf(double trials, double probability, double successes);

/// The natural logarithm of the gamma function; the value is above zero.
double boost_log_gamma(double value);

/// The derivative of boost_log_gamma; the value is above zero.
double boost_digamma(double value);

/// The probability that a gamma variable of the shape given (above zero) and scale one is above
/// the value (zero or more); zero where it is too small for a double.
double boost_gamma_tail(double shape, double value);

#ifdef __cplusplus
}
#endif
