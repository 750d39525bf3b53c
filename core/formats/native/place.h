// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/native/codec.h"

#include <string_view>

namespace understudy::formats::native {

/// Reports what the model's checks found, at the key that they speak of: `field` is the way to it
/// from `object`, keys and indices joined by dots. As far as it can be gone; parts that the file
/// leaves out are passed over. Nothing is reported of what could not even be read, for that has
/// been.
void placeFinding(Reader &reader, const Node &object, std::string_view field,
                  std::string_view message);

} // namespace understudy::formats::native
