#include <QApplication>
#include <gtest/gtest.h>

/// Window tests run without a screen and without a user's settings.
int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", "1");
    ::testing::InitGoogleTest(&argc, argv);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("tocsin-tests"));
    return RUN_ALL_TESTS();
}
