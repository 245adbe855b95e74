#pragma once

// The quantiles and distribution functions that Statistics needs, from Boost.Math.
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

#ifdef __cplusplus
}
#endif
