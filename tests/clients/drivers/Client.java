// SPDX-License-Identifier: Apache-2.0
// Runs the cases of a file with java.net.http.HttpClient, all at once. See ../runner.h for the lines it reads and prints.
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

public class Client {
    static SSLContext trusting(String authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (FileInputStream in = new FileInputStream(authority)) {
            store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    static String request(HttpClient client, String act, double seconds, String url) throws Exception {
        HttpRequest.Builder request
                = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofMillis((long) (seconds * 1000)));
        if (act.equals("twice"))
            request.POST(HttpRequest.BodyPublishers.ofString("hello"));
        if (act.equals("upload"))
            request.POST(HttpRequest.BodyPublishers.ofByteArray(new byte[4_000_000]));
        if (act.equals("expect"))
            request.POST(HttpRequest.BodyPublishers.ofString("hello")).expectContinue(true);
        // The time-out of a request ends with its head; the body has to be waited for like this.
        HttpResponse<byte[]> answer
                = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                        .get((long) (seconds * 1000) + 500, java.util.concurrent.TimeUnit.MILLISECONDS);
        if (act.equals("date")) {
            ZonedDateTime date = ZonedDateTime.parse(
                    answer.headers().firstValue("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
            long minutes = Duration.between(Instant.now(), date).toMinutes();
            return answer.statusCode() + " Date " + Math.round(minutes / 60.0) + " h ahead";
        }
        byte[] body = answer.body();
        if (answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip"))
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        return answer.statusCode() + " " + text.substring(0, Math.min(60, text.length()));
    }

    static String outcome(HttpClient client, String act, double seconds, String url) {
        try {
            String result = request(client, act, seconds, url);
            return act.equals("twice") ? request(client, act, seconds, url) : result;
        } catch (Throwable problem) {
            if (problem instanceof java.util.concurrent.ExecutionException && problem.getCause() != null)
                problem = problem.getCause();
            String name = problem.getClass().getName();
            String cause = problem.getCause() == null || problem.getCause().getMessage() == null
                    ? "" : " (" + problem.getCause().getMessage() + ")";
            String message = problem.getMessage() == null ? "" : ": " + problem.getMessage();
            return name + message + (message.contains(cause.replaceAll("^ \\(|\\)$", "")) ? "" : cause);
        }
    }

    public static void main(String[] words) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .sslContext(trusting(words[1]))
                .build();
        List<Thread> threads = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(words[0]))) {
            String[] parts = line.split("\t");
            Thread thread = new Thread(() -> {
                long begin = System.nanoTime();
                String all = outcome(client, parts[1], Double.parseDouble(parts[2]), parts[3]);
                String result = all.substring(0, Math.min(300, all.length())).replaceAll("\\s+", " ").trim();
                long took = (System.nanoTime() - begin) / 1_000_000;
                synchronized (Client.class) {
                    System.out.println(parts[0] + "\t" + took + "\t" + result);
                    System.out.flush();
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads)
            thread.join();
        System.exit(0);
    }
}
