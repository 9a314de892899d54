#include "ingest/photo.hpp"

#include "decode_support.hpp"
#include "ingest/multipart.hpp"
#include "ingest/photo_header.hpp"
#include "photo_support.hpp"
#include "tocsin/base/sha256.hpp"
#include "tocsin/ingest/photo_store.hpp"

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace tocsin::ingest {
namespace {

using base::Code;
using test::exifWith;
using test::paint;
using test::withExif;

class Folder : public testing::Test {
  protected:
    void SetUp() override {
        folder = std::filesystem::temp_directory_path() /
                 ("tocsin-photos-" + std::to_string(::getpid()) + "-" +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::filesystem::path folder;
};

TEST(Photo, everyKindIsMadeAJpegOfAtMost2048Pixels) {
    for (const char* kind : {"jpeg", "png", "gif", "webp"}) {
        const auto made = makePhoto(paint(kind, 3000, 1000));
        ASSERT_TRUE(made) << kind << ": " << made.error().message;
        EXPECT_EQ(made->width, 2048) << kind;
        EXPECT_EQ(made->height, 682) << kind;
        EXPECT_LE(made->jpeg.size(), maxStoredPhotoBytes);
        const auto header = readPhotoHeader(made->jpeg);
        ASSERT_TRUE(header);
        EXPECT_EQ(header->kind, PhotoKind::jpeg);
        EXPECT_EQ(header->width, 2048U);
    }
}

TEST(Photo, placeAndTimeAreReadAndNothingOfThemIsKept) {
    const auto sent = withExif(paint("jpeg", 60, 40), exifWith(6));
    ASSERT_NE(sent.find("SECRETMAKER"), std::string::npos);
    const auto made = makePhoto(sent);
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(made->width, 40); // turned upright
    EXPECT_EQ(made->height, 60);
    ASSERT_TRUE(made->position);
    EXPECT_NEAR(made->position->latitude(), 47.141, 1e-6);
    EXPECT_NEAR(made->position->longitude(), -9.5, 1e-6);
    ASSERT_TRUE(made->takenAt);
    EXPECT_EQ(base::formatTime(*made->takenAt), "2026-11-20T08:15:30.000000Z");
    EXPECT_EQ(made->jpeg.find("SECRETMAKER"), std::string::npos);
    EXPECT_EQ(made->jpeg.find("Exif"), std::string::npos);
}

TEST(Photo, theCamerasTimeIsThatOfTheSourcesZone) {
    Source source;
    source.timeZone = "Europe/Vaduz";
    const auto made = makePhoto(withExif(paint("jpeg", 8, 8), exifWith(1, false)), source);
    ASSERT_TRUE(made && made->takenAt);
    EXPECT_EQ(base::formatTime(*made->takenAt), "2026-11-20T08:15:30.000000Z");
    EXPECT_FALSE(made->position);
}

TEST(Photo, hostileImagesAreRefusedByTheirHeader) {
    struct Case {
        const char* what;
        std::string bytes;
        Code code;
    };
    auto huge = paint("png", 10, 10);
    huge.replace(16, 8, std::string("\x00\x00\xF0\x00\x00\x00\xF0\x00", 8)); // 61440 × 61440 declared
    auto hugeJpeg = paint("jpeg", 10, 10);
    const auto frame = hugeJpeg.find("\xFF\xC0");
    hugeJpeg.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
    auto hugeGif = paint("gif", 10, 10);
    hugeGif.replace(6, 4, "\xFF\xFF\xFF\xFF");
    const auto jpeg = paint("jpeg", 200, 200);
    const auto png = paint("png", 200, 200);
    for (const auto& one :
         {Case{"a bomb in PNG", huge, Code::tooLarge}, Case{"a bomb in JPEG", hugeJpeg, Code::tooLarge},
          Case{"a bomb in GIF", hugeGif, Code::tooLarge}, Case{"too many bytes", std::string(maxPhotoBytes + 1, 'x'), Code::tooLarge},
          Case{"a cut JPEG", jpeg.substr(0, jpeg.size() / 2), Code::malformed},
          Case{"a cut PNG", png.substr(0, png.size() - 20), Code::malformed},
          Case{"nothing", "", Code::malformed}, Case{"text", "GIF is what this is not", Code::malformed},
          Case{"a header alone", "\xFF\xD8\xFF\xD9", Code::malformed},
          Case{"a WebP that lies", "RIFF\xFF\xFF\xFF\x7FWEBPVP8 ", Code::malformed}}) {
        const auto made = makePhoto(one.bytes);
        ASSERT_FALSE(made) << one.what;
        EXPECT_EQ(made.error().code, one.code) << one.what;
        EXPECT_TRUE(made.error().place.byte) << one.what;
        EXPECT_LE(*made.error().place.byte, one.bytes.size()) << one.what;
    }
}

TEST(Photo, anyCutAndAnyFlippedByteEndsWell) {
    for (const char* kind : {"jpeg", "png", "gif", "webp"}) {
        const auto bytes = withExif(paint(kind, 24, 16), exifWith(3));
        for (std::size_t at = 0; at < bytes.size(); at += 7) {
            (void)makePhoto(std::string_view(bytes).substr(0, at));
            auto flipped = bytes;
            flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
            (void)makePhoto(flipped);
        }
    }
}

TEST_F(Folder, aPhotoIsKeptOnceUnderItsDigest) {
    auto store = PhotoStore::open(folder);
    ASSERT_TRUE(store);
    const auto bytes = paint("png", 100, 50);
    const auto first = (*store)->keep(bytes);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ((*store)->keep(bytes)->sha256, first->sha256);
    const auto read = (*store)->read(first->sha256);
    ASSERT_TRUE(read);
    EXPECT_EQ(base::toHex(base::sha256(*read)), first->sha256);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
    for (const char* name : {"../tocsin.db", "", "zz", "../../etc/passwd"})
        EXPECT_FALSE((*store)->read(name)) << name;
}

TEST_F(Folder, whatACrashLeftIsClearedAndPhotosStay) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "abc.1-1.part") << "half";
    std::ofstream(folder / "whole.jpg") << "x";
    ASSERT_TRUE(PhotoStore::open(folder));
    EXPECT_FALSE(std::filesystem::exists(folder / "abc.1-1.part"));
    EXPECT_TRUE(std::filesystem::exists(folder / "whole.jpg"));
}

TEST_F(Folder, aReportWithoutAPinTakesThePhotosPlace) {
    auto store = PhotoStore::open(folder).value();
    Decoded decoded;
    decoded.messages.emplace_back(model::Report{});
    decoded.messages.emplace_back(model::Report{});
    std::get<model::Report>(decoded.messages[1]).position = model::Position::trusted(1, 2);
    const auto photo = withExif(paint("jpeg", 20, 20), exifWith(1));
    decoded.attachments = {{0, photo}, {0, "no photo"}, {1, photo}, {7, photo}};
    ASSERT_TRUE(store->keepAll(decoded));
    const auto& first = std::get<model::Report>(decoded.messages[0]);
    ASSERT_EQ(first.photos.size(), 1U);
    ASSERT_TRUE(first.position);
    EXPECT_NEAR(first.position->latitude(), 47.141, 1e-6);
    EXPECT_FALSE(first.accuracyMetres);
    EXPECT_DOUBLE_EQ(std::get<model::Report>(decoded.messages[1]).position->latitude(), 1);
    EXPECT_EQ(decoded.deviations.size(), 1U);
}

TEST(Multipart, fieldsAndFiles) {
    const std::string body = "preamble\r\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nWater\r\n"
                             "--b  \r\nContent-Disposition: form-data; name=\"photo\"; filename=\"C:\\a \\\"b\\\".jpg\"\r\n"
                             "Content-Type: Image/JPEG; x=1\r\n\r\n\x01\r\n\x02\r\n--b--\r\nepilogue";
    const auto parts = parseMultipart(body, "b");
    ASSERT_TRUE(parts) << parts.error().message;
    ASSERT_EQ(parts->size(), 2U);
    EXPECT_EQ((*parts)[0].name, "text");
    EXPECT_EQ((*parts)[0].body, "Water");
    EXPECT_FALSE((*parts)[0].isFile);
    EXPECT_EQ((*parts)[1].fileName, "C:\\a \"b\".jpg");
    EXPECT_EQ((*parts)[1].contentType, "image/jpeg");
    EXPECT_EQ((*parts)[1].body, "\x01\r\n\x02");
}

TEST(Multipart, brokenFormsAreRefusedWithTheirByte) {
    for (const std::string& body : std::vector<std::string>
         {"", "--b", "--b\r\n\r\n", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx", "--b\r\nX: y\r\n\r\nx\r\n--b--",
          "--bx\r\n", "--b\r\n\r\n\r\n--b--"}) {
        const auto parts = parseMultipart(body, "b");
        ASSERT_FALSE(parts) << body;
        EXPECT_LE(parts.error().place.byte.value_or(999), body.size());
    }
    std::string many;
    for (int i = 0; i < 101; ++i)
        many += "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n";
    EXPECT_EQ(parseMultipart(many + "--b--", "b").error().code, Code::tooLarge);
    EXPECT_EQ(multipartBoundary("multipart/form-data; boundary=\"a b\""), "a b");
    EXPECT_EQ(multipartBoundary("multipart/form-data"), "");
    EXPECT_EQ(multipartBoundary("multipart/form-data; boundary=" + std::string(71, 'x')), "");
}

} // namespace
} // namespace tocsin::ingest
