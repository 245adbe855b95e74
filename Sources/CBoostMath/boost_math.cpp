#include "CBoostMath.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

namespace {

/// What the calculation returns, or NaN where it throws or its result is not finite. An exception
/// must not cross into C, where nothing can catch it.
template <typename Calculation>
double finite_or_nan(Calculation calculation) noexcept {
    try {
        const double result = calculation();
        if (std::isfinite(result)) return result;
    } catch (...) {
    }
    return std::numeric_limits<double>::quiet_NaN();
}

/// The gamma functions are called a million times for a fit, and do not need the digits of a
/// long double in between.
using Plain = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double boost_normal_quantile(double probability) {
    return finite_or_nan([=] { return quantile(boost::math::normal(), probability); });
}

double boost_normal_cdf(double value) {
    return finite_or_nan([=] { return cdf(boost::math::normal(), value); });
}

double boost_students_t_quantile(double degrees_of_freedom, double probability) {
    return finite_or_nan([=] {
        return quantile(boost::math::students_t(degrees_of_freedom), probability);
    });
}

double boost_students_t_cdf(double degrees_of_freedom, double value) {
    return finite_or_nan([=] { return cdf(boost::math::students_t(degrees_of_freedom), value); });
}

double boost_binomial_cdf(double trials, double probability, double successes) {
    return finite_or_nan([=] {
        return cdf(boost::math::binomial(trials, probability), successes);
    });
}

double boost_log_gamma(double value) {
    return finite_or_nan([=] {
        return value > 0 ? boost::math::lgamma(value, Plain())
                         : std::numeric_limits<double>::quiet_NaN();
    });
}

double boost_digamma(double value) {
    return finite_or_nan([=] {
        return value > 0 ? boost::math::digamma(value, Plain())
                         : std::numeric_limits<double>::quiet_NaN();
    });
}

double boost_gamma_tail(double shape, double value) {
    return finite_or_nan([=] { return boost::math::gamma_q(shape, value); });
}
