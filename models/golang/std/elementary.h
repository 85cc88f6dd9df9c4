// SPDX-License-Identifier: Apache-2.0
// Elementary functions, rounded as Go's library on amd64 rounds them where that is known.
//
// Programs print such values with all their digits, so the last bit counts.
#ifndef HEDDLE_MODELS_GOLANG_STD_ELEMENTARY_H_
#define HEDDLE_MODELS_GOLANG_STD_ELEMENTARY_H_

namespace heddle::golang::elementary {

double Acos(double x);
double Asin(double x);
double Atan(double x);
double Atan2(double y, double x);
double Cbrt(double x);
double Cos(double x);
double Cosh(double x);
double Exp(double x);
double Exp2(double x);
double Hypot(double x, double y);
double Log(double x);
double Log10(double x);
double Log2(double x);
double Pow(double x, double y);
double Sin(double x);
double Sinh(double x);
double Tan(double x);
double Tanh(double x);

}  // namespace heddle::golang::elementary

#endif  // HEDDLE_MODELS_GOLANG_STD_ELEMENTARY_H_
