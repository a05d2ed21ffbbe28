// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Case, Member, Outcome, Parameters, Phase, Round, Seat} from "../types/PoolTypes.sol";
import {Terms} from "../types/Terms.sol";
import {IArbiterPoolErrors} from "./IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "./IArbiterPoolEvents.sol";
import {IEscrow} from "./IEscrow.sol";

/// @title Fairhold ArbiterPool
/// @notice The arbiter of every deal that names it: for each dispute a panel is drawn by lot from bonded arbiters, votes in
/// secret, can be appealed against once, and the pool carries the median of the votes into the escrow.
///
/// INVARIANTS
/// - Coins held are at least all bonds, all unclaimed rewards in coins, the fees and appeal bonds of
/// running cases, and the reserve.
/// - A deal has one case at most, a case one draw a panel, an account one seat a case. What was drawn or voted stays.
/// - Who is drawn depends on the roster at the opening, the deal's parties and one block's hash, and on nothing else.
///
/// LIVENESS
/// - Every phase ends by time alone. Who sits on a panel is free again once anyone calls `execute` or `close`.
/// - If the pool comes to nothing, the deal goes by the award that its terms name for a silent arbiter.
///
/// ROLES (OpenZeppelin AccessControlDefaultAdminRules)
/// - DEFAULT_ADMIN_ROLE gives and takes the two others, and passes itself on with a delay.
/// - ADMISSION_ROLE admits arbiters, who can join only `ADMISSION_DELAY` later, and suspends them from future draws.
/// - PARAMETER_ROLE schedules parameters, in force `PARAMETER_DELAY` later for cases opened from then on.
/// - No role reaches a case once it is open, nor its panel, votes or outcome, nor a bond, nor a deal's money.
///
/// LOT
/// - The panel comes from the hash of a block that is yet to come when the case is opened. Whoever builds that one block can
///   build several and publish the one it likes, or none; nobody else can influence the draw. See docs/decisions/007.
///
/// ROUNDING
/// - Shares round down; what remains goes to the coherent arbiter who was drawn first.
interface IArbiterPool is IArbiterPoolErrors, IArbiterPoolEvents {
    /* PARAMETERS */

    /// @notice Schedules parameters for cases opened from `PARAMETER_DELAY` on; replaces what is scheduled already.
    function scheduleParameters(Parameters calldata next) external;

    /// @notice Takes back what is scheduled and not yet in force.
    function cancelParameters() external;

    /* ROSTER */

    /// @notice Lets an account join from `ADMISSION_DELAY` on; also after a suspension.
    function admit(address account) external;

    /// @notice Takes an account out of the draws of future cases. Its panels, votes and bond stay as they are.
    function suspend(address account) external;

    /// @notice An admitted account deposits, and is in the draws of cases opened from now on.
    /// @dev Also how an arbiter comes back after a suspension, a slash or an intended leave.
    function join() external payable;

    /// @notice Takes the caller out of the draws of future cases; its bond is free `LEAVE_DELAY` later.
    function resign() external;

    /// @notice Sends the caller's bond, once it has left and sits on no panel of a running case.
    function withdrawBond(address to) external;

    /* A CASE GOES ITS WAY */

    /// @notice Opens the case of a disputed deal that names this pool, and fixes roster, parameters and the drawing block.
    /// Anyone may call and pays exactly `caseFee`, apart from the deal's own fee, so that calling a panel for nothing is dear.
    /// @dev With an outcome it goes to the coherent arbiters of the deciding panel. If the deal or its time ended before, to
    /// the arbiters who had committed and were not absent. If there are none, or draw or quorum failed, back to the opener.
    function openCase(Terms calldata terms) external payable returns (bytes32 id);

    /// @notice Draws the panel, the appeal's too, once the block is there and while its hash can be had. Anyone may call.
    function draw(Terms calldata terms) external;

    /// @notice Lays down a sealed vote while the deal is disputed; it stays. Anyone may submit what the arbiter signed.
    /// @param commitment `commitmentOf` the vote and a secret of 32 random bytes.
    /// @param signature Of Commit(bytes32 caseId,address arbiter,bytes32 commitment); the arbiter itself needs none.
    function commit(bytes32 id, address arbiter, bytes32 commitment, bytes calldata signature) external;

    /// @notice Opens a sealed vote. Anyone who was told the secret may call: the commitment binds the vote to its author.
    /// @param buyerBps The buyer's share of what is left in the deal after the arbiter's fee, in basis points.
    function reveal(bytes32 id, address arbiter, uint16 buyerBps, bytes32 reasonHash, bytes32 secret) external;

    /// @notice A party of the deal calls a second, larger panel. Send exactly the bond; it comes back if the outcome moves
    /// in the caller's favour.
    function appeal(Terms calldata terms) external payable;

    /// @notice Carries the outcome into the escrow, collects the fee, rewards and slashes. Anyone may call.
    /// @dev If the deal ended without the pool, closes the case as `close` does.
    function execute(Terms calldata terms) external;

    /// @notice Closes a case that failed, or whose deal ended or is past its deadline. Anyone may call.
    /// @dev Who is absent, and whether the case failed, is judged as of the deal's end, however late this is called.
    function close(bytes32 id) external;

    /* MONEY */

    /// @notice Sends the caller's rewards, appeal bond or case fee, in one token to an address that the caller names.
    /// @param token Zero for coins.
    function claim(address token, address to) external;

    /// @notice Fetches a fee that the escrow had to credit because the token refused to pay the pool. Anyone may call.
    function withdrawCredit(address token) external;

    /* VIEWS */

    function ESCROW() external view returns (IEscrow);
    function DRAW_BLOCKS() external view returns (uint256);
    function parameters() external view returns (uint256 version, Parameters memory);
    function parametersAt(uint256 version) external view returns (Parameters memory);

    /// @notice What is scheduled, and from when it is in force; zero if nothing is.
    function scheduled() external view returns (uint256 from, Parameters memory);

    /// @notice Seconds that must be left to a deal's deadline for a case to be opened now.
    function neededSeconds() external view returns (uint256);

    function memberOf(address account) external view returns (Member memory);

    /// @notice The accounts in the draws of cases opened now.
    function roster() external view returns (address[] memory);

    function caseOf(bytes32 id) external view returns (Case memory);
    function roundOf(bytes32 id, uint8 round) external view returns (Round memory);
    function seatOf(bytes32 id, address arbiter) external view returns (Seat memory);
    function phaseOf(bytes32 id) external view returns (Phase);
    function outcomeOf(bytes32 id) external view returns (Outcome memory);
    function rewardOf(address token, address account) external view returns (uint256);

    /// @notice Slashed coins of cases without a coherent arbiter; the next executed case shares them out.
    function reserve() external view returns (uint256);

    function commitmentOf(bytes32 id, address arbiter, uint16 buyerBps, bytes32 reasonHash, bytes32 secret)
        external
        pure
        returns (bytes32);
}
