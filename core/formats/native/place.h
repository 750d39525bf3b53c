// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/native/codec.h"

#include <string_view>

namespace understudy::formats::native {

/// The node that a finding's field leads to from `object`: keys and indices joined by dots, and
/// behind a colon a key that stands once somewhere below ("when:header.Accept"). As far as it can
/// be gone; parts that the file leaves out are passed over.
const Node &nodeAt(const Node &object, std::string_view field);

/// Reports what the model's checks found, at the key that they speak of. Nothing is reported of
/// what could not even be read, for that has been.
void placeFinding(Reader &reader, const Node &object, std::string_view field,
                  std::string_view message);

} // namespace understudy::formats::native
