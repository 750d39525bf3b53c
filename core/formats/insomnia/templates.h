// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/described/variables.h"
#include "core/formats/yaml/node.h"

#include <string>
#include <string_view>

namespace understudy::formats::insomnia {

/// The templates of Insomnia (Nunjucks) as variables alone: `{{ _.base_url }}` and
/// `{{ _['base_url'] }}` as `{{base_url}}`, a tag `{% uuid 'v4' %}` as `{{uuid}}`.
std::string plainTemplate(std::string_view text);

/// Gives the values of an environment to `variables`, those of objects and lists by their path:
/// `{{ _.shop.url }}`, `{{ _.hosts[0] }}`.
void setValues(const yaml::Node *data, described::Variables &variables);

} // namespace understudy::formats::insomnia
