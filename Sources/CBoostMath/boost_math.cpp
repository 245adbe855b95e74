#include "CBoostMath.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
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
