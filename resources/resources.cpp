// SPDX-License-Identifier: GPL-3.0-or-later
// The library consists of the compiled resources; this file only gives it a language.
