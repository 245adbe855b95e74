/// All that can be asked of the server over the network.
enum Endpoints {
    static let all: [Endpoint] =
        SessionRoutes.endpoints + AskRoutes.endpoints + PanelRoutes.endpoints
        + BehaviourRoutes.endpoints + CatalogueRoutes.endpoints + SourceRoutes.endpoints
        + KeyRoutes.endpoints + EventRoutes.endpoints + HealthRoutes.endpoints
        + WebRoutes.endpoints
}
