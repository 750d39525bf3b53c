// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <QCoreApplication>

int main(int count, char **words)
{
    testing::InitGoogleTest(&count, words);
    QCoreApplication application(count, words);
    return RUN_ALL_TESTS();
}
