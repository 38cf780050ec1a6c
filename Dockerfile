# The steps are plain `dotnet publish`; PublishTests reads them from here and carries them out without a container engine.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/LawDashboard/LawDashboard.csproj --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The data folder belongs to the unprivileged user of the base image, so that the program never runs as root.
RUN install --directory --owner=$APP_UID /data
COPY --from=build /app /app
WORKDIR /app
USER $APP_UID
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/app/LawDashboard"]
CMD ["serve", "--data", "/data", "--urls", "http://0.0.0.0:8080"]
