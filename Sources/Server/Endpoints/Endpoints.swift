/// All that can be asked of the server over the network.
enum Endpoints {
    static let all: [Endpoint] =
        SessionRoutes.endpoints + AskRoutes.endpoints + PanelRoutes.endpoints
        + BehaviourRoutes.endpoints + CatalogueRoutes.endpoints + DefinitionRoutes.endpoints
        + SourceRoutes.endpoints + EventDataRoutes.endpoints + KeyRoutes.endpoints
        + EventRoutes.endpoints + LiveRoutes.endpoints + HealthRoutes.endpoints
        + WebRoutes.endpoints
}
